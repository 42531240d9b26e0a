# fish completion of edgediff, generated from its tables of commands and options.

# Do the words after edgediff begin with these?
function __edgediff_is
    set -l words (commandline -opc)
    set -e words[1]
    test (count $words) -ge (count $argv)
    and test "$words[1.."(count $argv)"]" = "$argv"
end

# Are the words after edgediff exactly these?
function __edgediff_ends
    set -l words (commandline -opc)
    test "$words[2..-1]" = "$argv"
end

# The sections of the file that --config names, or of edgediff.conf. A name may
# be any text: fish quotes it, but would show the part after a tab separately.
function __edgediff_sections
    set -l file edgediff.conf
    set -l before
    for word in (commandline -opc | string unescape)
        if test "$before" = --config
            set file $word
        else if string match -q -- '--config=*' $word
            set file (string replace -- --config= '' $word)
        end
        set before $word
    end
    set file (string replace -r '^~/' "$HOME/" -- $file)
    test -f "$file" -a -r "$file"
    and sed -n 's/^[[:space:]]*\[\(..*\)\].*/\1/p' <$file | string match -v '*'\t'*'
end

complete -c edgediff -f
complete -c edgediff -n __edgediff_ends -s h -l help -d 'list the commands'
complete -c edgediff -n __edgediff_ends -s V -l version -d 'show the versions'
#@ tables
