# fish completion of edgediff, made of its tables of commands and options.

# Do the words behind edgediff begin with these?
function __edgediff_is
    set -l words (commandline -opc)
    set -e words[1]
    test (count $words) -ge (count $argv)
    and test "$words[1.."(count $argv)"]" = "$argv"
end

# Are there just these?
function __edgediff_ends
    set -l words (commandline -opc)
    test "$words[2..-1]" = "$argv"
end

complete -c edgediff -f
complete -c edgediff -n __edgediff_ends -l help -d 'list the commands'
complete -c edgediff -n __edgediff_ends -l version -d 'show the versions'
#@ tables
