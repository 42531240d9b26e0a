# Fetches Debian's packages and sources by this machine's own sources of apt, which
# check signatures; nothing needs root. To be sourced by a script that has set
# $folder, an empty folder of its own with an absolute path, and $arch.
# shellcheck shell=sh disable=SC2154

fail()
{
	echo "$0: $*" >&2
	exit 1
}

# Runs a command quietly; if it fails, prints the end of its output.
step()
{
	what=$1
	shift
	"$@" >"$folder/log" 2>&1 </dev/null || {
		tail -n 40 "$folder/log" >&2
		fail "$what failed"
	}
}

# Runs apt-get with lists of its own, for that architecture.
apt()
{
	apt-get -q -o Dir::Etc::SourceList="$folder/apt/sources.list" \
		-o Dir::Etc::SourceParts=/dev/null \
		-o Dir::State::Lists="$folder/apt/lists" \
		-o Dir::Cache="$folder/apt/cache" \
		-o APT::Architecture="$arch" -o APT::Architectures="$arch" \
		-o APT::Sandbox::User= "$@"
}

# The distribution's own sources, of those that this machine has.
list_sources()
{
	id=$(sed -n 's/^ID=//p' /etc/os-release)
	key=/usr/share/keyrings/$id-archive-keyring.gpg
	[ -r "$key" ] || fail "$key is missing"
	# shellcheck disable=SC2016 # apt fills these in
	apt-get indextargets \
		--format '$(ORIGIN) $(REPO_URI) $(RELEASE) $(COMPONENT)' \
		'Identifier: Packages' | sort -u |
		while read -r origin uri release component; do
			[ "$(echo "$origin" | tr '[:upper:]' '[:lower:]')" = \
				"$id" ] || continue
			set -- "$key] $uri $release $component"
			echo "deb [arch=$arch signed-by=$1"
			echo "deb-src [signed-by=$1"
		done >"$folder/apt/sources.list"
	[ -s "$folder/apt/sources.list" ] ||
		fail "apt has no lists of $id: run apt-get update first"
}

# Call it before `apt download` and `apt source`.
update_lists()
{
	mkdir -p "$folder/apt/lists/partial" \
		"$folder/apt/cache/archives/partial"
	list_sources
	step "apt-get update" apt update
}
