#compdef edgediff
# zsh completion of edgediff, generated from its tables of commands and options.

# The sections of the file that --config names, or of edgediff.conf. A name may
# be any text; compadd quotes it.
_edgediff_sections()
{
	local file=${opt_args[--config]:-edgediff.conf} expl
	local -a names
	# opt_args has a backslash before each colon and backslash of the line
	file=${${file//\\:/:}//\\\\/\\}
	file=${(Q)file}
	file=${file/#\~\//$HOME/}
	[[ -f $file && -r $file ]] || return 1
	names=("${(@f)$(sed -n 's/^[[:space:]]*\[\(..*\)\].*/\1/p' <$file)}")
	names=("${(@)names:#}")
	_wanted sections expl section compadd -a names
}

#@ tables

_edgediff()
{
	local curcontext=$curcontext state state_descr line
	local -A opt_args

	_arguments -C \
		'(- *)'{-h,--help}'[list the commands]' \
		'(- *)'{-V,--version}'[show the versions]' \
		'1:command:_edgediff_commands' \
		'*::argument:->rest'
	[[ $state == rest ]] || return
	if [[ $words[1] == wait ]]; then
		if ((CURRENT == 2)); then
			_edgediff_waits
			return
		fi
		shift words
		((CURRENT--))
	fi
	curcontext=${curcontext%%:*:*}:edgediff-$words[1]:
	_edgediff_options $words[1]
}

_edgediff "$@"
