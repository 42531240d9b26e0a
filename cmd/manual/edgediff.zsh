#compdef edgediff
# zsh completion of edgediff, made of its tables of commands and options.

#@ tables

_edgediff()
{
	local curcontext=$curcontext state state_descr line
	local -A opt_args

	_arguments -C \
		'(- *)'{-h,--help}'[list the commands]' \
		'(- *)--version[show the versions]' \
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
