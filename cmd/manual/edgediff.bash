# bash completion of edgediff, made of its tables of commands and options.

#@ tables

_edgediff_reply()
{
	local IFS=$' \t\n'
	# shellcheck disable=SC2207 # words
	COMPREPLY=($(compgen -W "$1" -P "$2" -- "$3"))
	compopt +o default 2>/dev/null
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
		_edgediff_reply "$_edgediff_commands --help --version" '' "$cur"
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
