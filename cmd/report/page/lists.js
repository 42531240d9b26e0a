// The list of objects; lists show more rows on demand.

const FIRST_ROWS = 100, MORE_ROWS = 400;
const KIND_NAME = {'A': 'added', 'M': 'changed', 'D': 'removed',
	'=': 'unchanged'};

// Fills a list with its first rows, and lets a button add more.
function fillList(list, button, rows, makeRow, first) {
	let shown = 0;

	function more(most) {
		const end = Math.min(rows.length, shown + most);
		const part = [];

		for (; shown < end; shown++)
			part.push(makeRow(rows[shown]));
		list.append(...part);
		button.hidden = shown === rows.length;
		const left = rows.length - shown;
		button.textContent = left > MORE_ROWS
			? 'Show ' + count(MORE_ROWS) + ' of ' + count(left) + ' more'
			: 'Show ' + count(left) + ' more';
	}

	list.replaceChildren();
	button.onclick = () => {
		const last = list.lastElementChild;

		more(MORE_ROWS);
		const next = last && last.nextElementSibling;
		const target = next && next.querySelector('button');
		if (target)
			target.focus({preventScroll: true});
	};
	more(first);
}

// ---------------------------------------------------------------- objects

const choice = {kind: 'all', item: null, words: [], sort: 'name'};
let lowered; // the names in lower case, after the first search

function beforeOf(file) {
	const kind = data.kinds[file];

	if (kind === 'A')
		return 0;
	return kind === 'M' ? files.was[file] : data.sizes[file];
}

function afterOf(file) {
	return data.kinds[file] === 'D' ? 0 : data.sizes[file];
}

// An unknown size has no change that could be ranked.
function deltaOf(file) {
	return beforeOf(file) < 0 ? 0 : afterOf(file) - beforeOf(file);
}

function sizesOf(file) {
	const before = beforeOf(file);

	if (data.kinds[file] !== 'M')
		return bytes(data.sizes[file]);
	return (before < 0 ? 'unknown' : bytes(before)) + ' → ' +
		bytes(data.sizes[file]);
}

function deltaWords(file) {
	const delta = deltaOf(file);

	if (data.kinds[file] !== 'M' || beforeOf(file) < 0)
		return KIND_NAME[data.kinds[file]];
	if (delta === 0)
		return 'same size';
	return (delta > 0 ? '+' : '−') + bytes(Math.abs(delta));
}

function badgeOf(kind) {
	const badge = make('span', 'badge kind-' +
		(kind === '=' ? 'U' : kind), kind === '=' ? '·' : kind);

	badge.title = KIND_NAME[kind];
	return badge;
}

function objectRow(file) {
	const kind = data.kinds[file], row = make('li', 'object');
	const badge = badgeOf(kind);
	const name = make('code', '', make('span', 'muted',
		pathOfFolder(files.folder[file])), files.name[file]);
	const by = files.by[file].map((item) => data.plan.items[item][0]);
	const text = make('span', 'what', name);

	badge.setAttribute('role', 'img');
	badge.setAttribute('aria-label', KIND_NAME[kind]);
	if (by.length)
		text.append(make('span', 'by', 'invalidated by ' +
			by.join(', ')));
	else if (stateOf(file) === KEPT)
		text.append(make('span', 'by', STATE_NAME[KEPT]));
	row.append(badge, text, make('span', 'sizes', sizesOf(file),
		make('small', '', deltaWords(file))));
	return row;
}

function isShown(file) {
	const kind = data.kinds[file];

	if (choice.item !== null) {
		if (!files.by[file].includes(choice.item))
			return false;
	} else if (choice.kind === 'all' && kind === '=') {
		return false;
	}
	if (choice.kind === 'collateral' && stateOf(file) !== COLLATERAL)
		return false;
	if ('AMD'.includes(choice.kind) && kind !== choice.kind)
		return false;
	return choice.words.every((word) => lowered[file].includes(word));
}

// A search in the objects of one path can go on in all that is listed.
function offerAll() {
	const offer = byId('elsewhere'), item = choice.item;

	offer.hidden = item === null || choice.words.length === 0;
	if (offer.hidden)
		return;
	const kind = choice.kind;
	Object.assign(choice, {item: null, kind: 'all'});
	const all = files.name.filter((_, file) => isShown(file)).length;
	Object.assign(choice, {item, kind});
	offer.querySelector('button').textContent = 'Search all changes: ' +
		counted(all, 'object matches', 'objects match');
}

function listObjects() {
	const found = [];
	let sum = 0;

	if (choice.words.length && !lowered)
		lowered = files.name.map((_, file) =>
			pathOf(file).toLowerCase());
	for (let file = 0; file < files.name.length; file++)
		if (isShown(file)) {
			found.push(file);
			sum += data.sizes[file];
		}
	offerAll();
	if (choice.sort === 'delta')
		found.sort((a, b) => Math.abs(deltaOf(b)) -
			Math.abs(deltaOf(a)) || a - b);
	else if (choice.sort === 'size')
		found.sort((a, b) => data.sizes[b] - data.sizes[a] || a - b);
	byId('found').textContent =
		counted(found.length, 'object', 'objects') + ', ' + bytes(sum);
	fillList(byId('objects'), byId('more-objects'), found, objectRow,
		FIRST_ROWS);
}

// Chooses an item, or null for all objects, and forgets what was searched for
// unless told to keep it.
function showItem(item, keepsSearch) {
	const only = byId('only');

	choice.item = item;
	choice.kind = 'all';
	if (!keepsSearch) {
		choice.words = [];
		byId('search').value = '';
	}
	only.hidden = item === null;
	if (item !== null) {
		only.querySelector('span').replaceChildren('Invalidated by ',
			make('code', '', data.plan.items[item][0]));
		byId('changed').hidden = false;
	}
	drawKinds();
	listObjects();
	if (item !== null) {
		byId('changed-title').scrollIntoView();
		only.querySelector('button').focus({preventScroll: true});
	}
}

function drawKinds() {
	const [added, changed, removed] = data.changes;
	const collateral = root.count[COLLATERAL];
	const kinds = [['all', 'All changes', added + changed + removed],
		['A', 'Added', added], ['M', 'Changed', changed],
		['D', 'Removed', removed]];

	if (collateral)
		kinds.push(['collateral', 'Invalidated though not stale',
			collateral]);
	if (choice.item !== null)
		kinds[0] = ['all', 'All', null];
	byId('kinds').replaceChildren(...kinds.map(([kind, name, n]) => {
		const button = make('button', '', name);

		if (kind.length === 1) { // this is the legend of the badges
			button.prepend(badgeOf(kind), ' ');
			button.firstChild.setAttribute('aria-hidden', 'true');
		}
		if (n !== null && choice.item === null)
			button.append(make('small', '', count(n)));
		button.type = 'button';
		button.dataset.kind = kind;
		button.setAttribute('aria-pressed', choice.kind === kind);
		button.addEventListener('click', () => {
			choice.kind = kind;
			drawKinds();
			listObjects();
			byId('kinds').querySelector('[aria-pressed=true]')
				.focus({preventScroll: true});
		});
		return button;
	}));
}

function startObjects() {
	const search = byId('search'), sort = byId('sort');
	const rest = data.after[1] + data.changes[2] - files.name.length;

	byId('changed').hidden = false;
	if (rest > 0)
		byId('changed-title').after(make('p', 'hint', 'This site is ' +
			'large. ' + counted(rest, 'object is', 'objects are') +
			' not listed here, but counted in the map.'));
	search.value = '';
	search.addEventListener('input', () => {
		choice.words = search.value.toLowerCase().split(/\s+/)
			.filter(Boolean);
		listObjects();
	});
	sort.value = 'name';
	sort.addEventListener('change', () => {
		choice.sort = sort.value;
		listObjects();
	});
	byId('only').querySelector('button').addEventListener('click', () => {
		showItem(null);
		search.focus({preventScroll: true});
	});
	byId('elsewhere').querySelector('button').addEventListener('click',
		() => {
			showItem(null, true);
			search.focus({preventScroll: true});
		});
	drawKinds();
	listObjects();
}
