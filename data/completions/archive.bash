# bash completion for archive(1)

# The threads of the store that the line names, or of the usual one.
_archive_threads() {
	"${COMP_WORDS[0]}" "$@" thread list --json 2>/dev/null | sed 's/"slug":"/\n/g' | sed -n '2,$s/".*//p'
}

# The sources that would be asked.
_archive_sources() {
	"${COMP_WORDS[0]}" source list --json 2>/dev/null | sed 's/"source":"/\n/g' | sed -n '2,$s/".*//p'
}

_archive() {
	local current=$2 previous=$3 word before='' command='' sub=''
	local globals='--store --config --json --quiet --verbose --insecure-http --help'
	local select='--all --author --since --until --search' place='--after --before --section --top --end'
	local -a store=()

	COMPREPLY=()
	for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
		case $before in
		--store) store=(--store "$word") before='' ;;
		--config | --source | --since | --until | --max | --record | --replay | --tag | --author | --network | --limit | --budget | --token-env | --token-command | --title | --zone | \
			--search | --slug | --lag | --description | --curator | --after | --before | --section | --speaker | --link | --label | --starts | --key | --colour | --sort | \
			--lang | --as | --for | --media-dir | --media-url | --load | --output | --into | --under | --drop | --ambiguous | --size | -o) before='' ;;
		*)
			before=$word
			case $word in
			-*) ;;
			*) if [ -z "$command" ]; then command=$word; elif [ -z "$sub" ]; then sub=$word; fi ;;
			esac
			;;
		esac
	done
	case $previous in
	--store | --config | --record | --replay | --load | -o | --output | --into | --drop | --media-dir)
		mapfile -t COMPREPLY < <(compgen -f -- "$current")
		return
		;;
	--source)
		mapfile -t COMPREPLY < <(compgen -W 'mastodon: misskey: x' -- "$current")
		return
		;;
	--network)
		mapfile -t COMPREPLY < <(compgen -W 'x mastodon misskey' -- "$current")
		return
		;;
	--as)
		mapfile -t COMPREPLY < <(compgen -W 'fragment page markdown text json feed' -- "$current")
		return
		;;
	--sort)
		mapfile -t COMPREPLY < <(compgen -W 'time oldest relevance' -- "$current")
		return
		;;
	--for)
		mapfile -t COMPREPLY < <(compgen -W 'hugo wordpress zenn qiita' -- "$current")
		return
		;;
	--media)
		if [ "$command" = export ]; then
			mapfile -t COMPREPLY < <(compgen -W 'files link none' -- "$current")
			return
		fi
		;;
	--ambiguous)
		mapfile -t COMPREPLY < <(compgen -W 'wide narrow' -- "$current")
		return
		;;
	--size)
		mapfile -t COMPREPLY < <(compgen -W 'small large original' -- "$current")
		return
		;;
	--colour)
		mapfile -t COMPREPLY < <(compgen -W 'red orange green blue purple grey none' -- "$current")
		return
		;;
	--style)
		mapfile -t COMPREPLY < <(compgen -W 'inline class' -- "$current")
		return
		;;
	--lang)
		mapfile -t COMPREPLY < <(compgen -W 'ja en' -- "$current")
		return
		;;
	esac
	# a colon is a word of its own to bash
	if [ "$command" = search ] && { [ "$previous" = : ] || [ "$current" = : ]; }; then
		before=${COMP_WORDS[COMP_CWORD - 2]} word=
		if [ "$current" = : ]; then before=$previous current=; fi
		case ${before#-} in
		has) word='media link poll alt cw' ;;
		is) word='reply quote gone unlisted edited chosen' ;;
		network) word='x mastodon bluesky misskey' ;;
		sort) word='time oldest relevance' ;;
		in) word=$(_archive_threads "${store[@]}") ;;
		esac
		mapfile -t COMPREPLY < <(compgen -W "$word" -- "$current")
		return
	fi
	case $command in
	'') word="fetch plan add import search thread pick edit recheck media export preview forget status rebuild merge backup source help $globals --version" ;;
	fetch) word="--source --since --until --max --budget --record --replay --replies --media --dry-run --follow $globals" ;;
	plan) word="--source --since --until --yes $globals" ;;
	add) word="--conversation --tag --source --budget $globals" ;;
	import)
		word="--only-tag --author --since --until --dry-run --again --into-thread $globals"
		mapfile -t COMPREPLY < <(compgen -f -W "$word" -- "$current")
		return
		;;
	search) word="from: tag: network: lang: in: has: is: since: until: sort: --tag --author --network --since --until --limit --sort --no-pager $globals" ;;
	thread)
		case $sub in
		'') word='new list show add drop remove move heading note link edit style alt join part sort sections set log undo redo' ;;
		new) word="--title --description --curator --tag --since --until --zone --lang --lag $globals" ;;
		list) word=$globals ;;
		add) word="$(_archive_threads "${store[@]}") $select --unlisted $place $globals" ;;
		drop) word="$(_archive_threads "${store[@]}") $select --undecided $globals" ;;
		remove) word="$(_archive_threads "${store[@]}") $select $globals" ;;
		move) word="$(_archive_threads "${store[@]}") --whole $place $globals" ;;
		heading) word="$(_archive_threads "${store[@]}") --speaker --link --label --starts --key $place $globals" ;;
		note) word="$(_archive_threads "${store[@]}") $place $globals" ;;
		link) word="$(_archive_threads "${store[@]}") --label $place $globals" ;;
		edit) word="$(_archive_threads "${store[@]}") --speaker --link --label --starts --key $globals" ;;
		style) word="$(_archive_threads "${store[@]}") --large --small --normal --colour $globals" ;;
		sort) word="$(_archive_threads "${store[@]}") --section $globals" ;;
		sections)
			word="$(_archive_threads "${store[@]}") --lag --dry-run --slides --yes $globals"
			mapfile -t COMPREPLY < <(compgen -f -W "$word" -- "$current")
			return
			;;
		set) word="$(_archive_threads "${store[@]}") --slug --title --description --curator --tag --since --until --zone --lang --lag $globals" ;;
		log) word="$(_archive_threads "${store[@]}") --limit $globals" ;;
		*) word="$(_archive_threads "${store[@]}") $globals" ;;
		esac
		;;
	pick) word="$(_archive_threads "${store[@]}") --ambiguous --no-mouse $globals" ;;
	edit) word="$(_archive_threads "${store[@]}") --dump --output --load --fetch --budget $globals" ;;
	preview) word="$(_archive_threads "${store[@]}") $globals" ;;
	media) word="$(_archive_threads "${store[@]}") --size --avatars --again --tag --all --max --source --record --replay $globals" ;;
	recheck) word="$(_archive_threads "${store[@]}") --source --budget $globals" ;;
	export) word="$(_archive_threads "${store[@]}") --as --for --output --into --under --check --media --media-dir --media-url --avatars --all --drop --style --stylesheet --heading-level --counts --people --unlisted $globals" ;;
	status) word="--since --until --spent --check $globals" ;;
	rebuild) word="--dry-run $globals" ;;
	backup | merge)
		mapfile -t COMPREPLY < <(compgen -f -W "$globals" -- "$current")
		return
		;;
	source)
		case $sub in
		'') word='list add remove test login' ;;
		add) word="mastodon: misskey: x --token-env --token-command $globals" ;;
		test) word="$(_archive_sources) --tag $globals" ;;
		list) word=$globals ;;
		*) word="$(_archive_sources) $globals" ;;
		esac
		;;
	forget) word="--yes --undo $globals" ;;
	help) word='fetch plan add import search thread pick edit recheck media export preview forget status rebuild merge backup source' ;;
	*) word=$globals ;;
	esac
	mapfile -t COMPREPLY < <(compgen -W "$word" -- "$current")
}

complete -F _archive archive
