# bash completion of edgediff, generated from its tables of commands and options.

#@ tables

_edgediff_reply()
{
	local IFS=$' \t\n'
	# shellcheck disable=SC2207 # words
	COMPREPLY=($(compgen -W "$1" -P "$2" -- "$3"))
	compopt +o default 2>/dev/null
}

# The sections of the file that --config names, or of edgediff.conf. A name may
# be any text, which compgen -W would expand as a command line; %q quotes it.
_edgediff_sections()
{
	local put=$1 cur=$2 file=edgediff.conf word='' name quoted i
	for ((i = 2; i < COMP_CWORD; i++)); do
		case $word${COMP_WORDS[i]} in
		--config) word=--config= ;;
		--config==) ;;
		--config=*) file=${COMP_WORDS[i]#--config=} word='' ;;
		*) word='' ;;
		esac
	done
	file=${file//[\\\'\"]/} file=${file/#\~\//"${HOME-}"/}
	compopt +o default 2>/dev/null
	[[ -f $file && -r $file ]] || return
	while IFS= read -r name; do
		if [[ $cur == [\'\"]* ]]; then # readline keeps the quote
			[[ $name != *[!A-Za-z0-9._\ -]* ]] || continue
			[[ $name != "${cur:1}"* ]] || COMPREPLY+=("$put$name")
			continue
		fi
		printf -v quoted %q "$name"
		[[ $quoted != "$cur"* ]] || COMPREPLY+=("$put$quoted")
	done < <(sed -n 's/^[[:space:]]*\[\(..*\)\].*/\1/p' <"$file")
}

_edgediff()
{
	local cur=${COMP_WORDS[COMP_CWORD]} before='' put='' command value
	local at=$COMP_CWORD
	COMPREPLY=()
	# readline splits --option=value at the =, or does not
	if [[ $cur == --*=* ]]; then
		before=${cur%%=*} put=${cur%%=*}= cur=${cur#*=}
	elif [[ $cur == = ]]; then
		before=${COMP_WORDS[at - 1]} cur=
	elif ((at > 1)) && [[ ${COMP_WORDS[at - 1]} == = ]]; then
		before=${COMP_WORDS[at - 2]}
	elif ((at > 0)); then
		before=${COMP_WORDS[at - 1]}
	fi
	command=${COMP_WORDS[1]-}
	if ((at == 1)); then
		_edgediff_reply "$_edgediff_commands -h --help -V --version" '' "$cur"
		return
	fi
	if [[ $before == wait ]] && ((at <= 3)); then
		_edgediff_reply "$_edgediff_waits" '' "$cur"
		return
	fi
	if [[ $command == help ]]; then
		_edgediff_reply "$_edgediff_commands" '' "$cur"
		return
	fi
	[[ $command == wait ]] && command="wait ${COMP_WORDS[2]}"
	value=$(_edgediff_value "$command" "$before")
	case $value in
	@file) return ;;
	@section) _edgediff_sections "$put" "$cur" ;;
	@folder) compopt -o dirnames +o default 2>/dev/null ;;
	@text) compopt +o default 2>/dev/null ;;
	?*) _edgediff_reply "$value" "$put" "$cur" ;;
	*)
		if [[ $cur == -* ]]; then
			_edgediff_reply "$(_edgediff_options "$command")" '' "$cur"
		elif [[ $_edgediff_with_files != *" $command "* ]]; then
			compopt +o default 2>/dev/null
		fi ;;
	esac
}

complete -o default -F _edgediff edgediff
