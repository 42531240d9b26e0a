# shellcheck shell=sh
# For a POSIX shell: `. samples/aws-alias/aws.sh`. Commands about invalidations run
# edgediff, with all of their options; all other commands run the AWS CLI.
aws() {
	_edgediff_words=
	_edgediff_skip=
	for _edgediff_arg in "$@"; do
		if [ -n "$_edgediff_skip" ]; then
			_edgediff_skip=
			continue
		fi
		# global options may precede the command
		case $_edgediff_arg in
		--debug | --version | --no-* | --cli-auto-prompt | --*=*) continue ;;
		--*)
			_edgediff_skip=value
			continue
			;;
		esac
		_edgediff_words="$_edgediff_words $_edgediff_arg"
		case $_edgediff_words in
		' cloudfront' | ' cloudfront wait') ;;
		*) break ;;
		esac
	done
	case $_edgediff_words in
	' cloudfront create-invalidation' | \
		' cloudfront create-invalidation-for-distribution-tenant' | \
		' cloudfront get-invalidation' | \
		' cloudfront get-invalidation-for-distribution-tenant' | \
		' cloudfront list-invalidations' | \
		' cloudfront list-invalidations-for-distribution-tenant' | \
		' cloudfront wait invalidation-completed' | \
		' cloudfront wait invalidation-for-distribution-tenant-completed')
		edgediff "$@"
		;;
	*)
		command aws "$@"
		;;
	esac
}
