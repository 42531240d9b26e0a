// The list of invalidation paths: each wildcard, and the exact paths by folder.

const FIRST_ITEMS = 25; // rows; with no more items, every folder is open

function reachOf(item) {
	return data.plan.items[item][1] + data.plan.items[item][2];
}

function numbersOf(stale, collateral) {
	return make('span', 'numbers', collateral
		? count(stale) + ' stale and ' + counted(collateral,
			'unchanged URL', 'unchanged URLs')
		: counted(stale, 'stale URL', 'stale URLs'));
}

// A bar of stale and unchanged URLs, as long as they are many.
function reachBar(stale, collateral, largest) {
	const bar = shares([[STALE, stale], [COLLATERAL, collateral]]);

	bar.style.width =
		Math.max(2, 100 * (stale + collateral) / largest) + '%';
	return make('span', 'track', bar);
}

// What a wildcard may meet of other origins, by the patterns of behaviours.
function foreignNote(patterns) {
	return make('small', 'muted', ' also what caches have of another ' +
		'origin, by ' + patterns.join(', '));
}

function itemRow(item, largest, folder) {
	const [path, stale, collateral, ...foreign] = data.plan.items[item];
	const button = make('button', 'item');

	button.type = 'button';
	button.append(make('code', '', make('span', 'muted', folder),
		path.slice(folder.length) || '(the folder itself)',
		...(foreign.length ? [foreignNote(foreign)] : [])),
	reachBar(stale, collateral, largest), numbersOf(stale, collateral));
	button.addEventListener('click', () => showItem(item));
	return make('li', '', button);
}

// A folder's exact paths, which are listed once it is open.
function groupRow({folder, items, reach}, largest, open) {
	const row = make('details', 'group'), list = make('ul');
	const more = make('button', 'more'), summary = make('summary', 'item',
		make('code', '', folder, make('span', 'muted',
			' ' + count(items.length) + '\u00a0paths')),
		reachBar(reach, 0, largest), numbersOf(reach, 0));

	more.type = 'button';
	row.append(summary, list, more);
	row.addEventListener('toggle', () => {
		if (row.open && !list.firstChild)
			fillList(list, more, items, (item) =>
				itemRow(item, largest, folder), FIRST_ROWS);
	});
	more.hidden = true;
	row.open = open;
	return make('li', '', row);
}

// {folder, items, reach} of each wildcard, alone, and of each folder's exact
// paths; what reaches most first.
function groupItems() {
	const groups = new Map();

	data.plan.items.forEach(([path], item) => {
		const folder = path.slice(0, path.lastIndexOf('/') + 1);
		const key = path.endsWith('*') ? path : folder;
		const group = groups.get(key) || {folder, items: [], reach: 0};

		group.items.push(item);
		group.reach += reachOf(item);
		groups.set(key, group);
	});
	return [...groups.values()].sort((a, b) => b.reach - a.reach ||
		a.items[0] - b.items[0]);
}

function wildcardWords() {
	const {items, wildcards} = data.plan;

	if (!wildcards)
		return '';
	if (wildcards === items.length)
		return wildcards === 1 ? ', a wildcard' : ', all wildcards';
	return ', of which ' + counted(wildcards, 'is a wildcard',
		'are wildcards');
}

function startItems() {
	const items = data.plan.items, groups = groupItems();
	const largest = groups[0].reach;

	byId('invalidated').hidden = false;
	byId('invalidated-title').append(make('small', '',
		counted(items.length, 'path', 'paths') + wildcardWords()));
	fillList(byId('items'), byId('more-items'), groups, (group) =>
		group.items.length === 1 ? itemRow(group.items[0], largest, '')
			: groupRow(group, largest, items.length <= FIRST_ITEMS),
	FIRST_ITEMS);
}
