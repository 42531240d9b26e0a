// Writes the head of the page, and starts the sections that have content.

const [added, changed, removed] = data.changes;
const anyChange = added + changed + removed > 0;

function headline() {
	const plan = data.plan;

	if (planned && data.unknown)
		return (plan.items.length
			? 'Nothing is known about the edge, so every URL is stale: '
			: 'Nothing is known about the edge: ') + data.unknown + '.';
	if (planned && !data.before)
		return plan.items.length
			? 'No baseline yet: everything is invalidated.'
			: 'No baseline yet: the edge is assumed to be current.';
	if (!anyChange && !(planned && plan.items.length))
		return 'Nothing changed.';
	if (!planned)
		return counted(added + changed + removed, 'object', 'objects') +
			' changed.';
	if (!plan.items.length)
		return 'Nothing to invalidate: no URL is stale.';
	return counted(plan.items.length, 'path invalidates',
		'paths invalidate') + ' ' +
		counted(plan.stale, 'stale URL', 'stale URLs') +
		(plan.collateral
			? ' and ' + counted(plan.collateral, 'unchanged one.',
				'unchanged ones.')
			: plan.neutral ? ', and no unchanged one.'
				: ', and no others.');
}

function sideWords(side) {
	return counted(side[1], 'object', 'objects') + ' of ' + bytes(side[2]);
}

function tile(value, name, state) {
	const box = make('div', 'tile', make('b', '', value),
		make('span', '', name));

	if (state !== undefined)
		box.querySelector('span').prepend(
			make('i', 'dot ' + STATE_CLASS[state]));
	return box;
}

function startTotals() {
	const plan = data.plan, box = byId('totals'), tiles = make('div', 'tiles');

	box.hidden = false;
	tiles.append(tile(count(added), 'added'),
		tile(count(changed), 'changed'),
		tile(count(removed), 'removed'));
	if (planned && plan.items.length) {
		const left = plan.urls - plan.stale - plan.neutral -
			plan.collateral;

		tiles.append(tile(count(plan.stale), 'stale URLs', STALE),
			tile(count(plan.collateral), 'invalidated though unchanged',
				COLLATERAL),
			tile(count(left), 'remain cached', UNCHANGED));
		if (plan.neutral)
			tiles.append(tile(count(plan.neutral), 'not cached yet',
				KEPT));
		box.append(tiles, shares([[STALE, plan.stale],
			[COLLATERAL, plan.collateral], [KEPT, plan.neutral],
			[UNCHANGED, left]]));
		return;
	}
	box.append(tiles);
}

function wayRow(name, items, collateral, most, note) {
	const row = make('tr', '', make('th', '', name));

	row.firstChild.scope = 'row';
	if (items === null) {
		const cell = make('td', 'note', note);

		cell.colSpan = 3;
		row.append(cell);
		return row;
	}
	for (const [value, largest, state, label] of [
		[items, most[0], STALE, items === 1 ? 'path' : 'paths'],
		[collateral, most[1], COLLATERAL, 'unchanged URLs invalidated']]) {
		const bar = make('i', 'meter ' + STATE_CLASS[state]);
		const number = make('span', '', count(value));
		const cell = make('td', '', number, bar);

		number.dataset.label = label;
		bar.style.width = Math.max(1, 100 * value / largest) + '%';
		bar.hidden = value === 0;
		row.append(cell);
	}
	const cost = make('span', '', price(items));
	cost.dataset.label = 'list price';
	row.append(make('td', '', cost));
	return row;
}

function startCosts() {
	const plan = data.plan, all = plan.everything;
	const exact = plan.inexact === 0;
	const most = [Math.max(plan.items.length, exact ? plan.stale : 0, 1),
		Math.max(plan.collateral, all ? all[1] : 0, 1)];
	const mine = wayRow('this plan', plan.items.length, plan.collateral, most);

	mine.className = 'mine';
	byId('costs').hidden = false;
	byId('ways').tBodies[0].append(mine,
		all ? wayRow('everything, ' + all[2], all[0], all[1], most)
			: wayRow('everything', null, 0, most,
				'not allowed by --never-widen'),
		exact ? wayRow('exact paths', plan.stale, 0, most)
			: wayRow('exact paths', null, 0, most, 'cannot cover ' +
				counted(plan.inexact, 'URL', 'URLs')));
	if (plan.hint)
		byId('ways').after(make('p', 'advice', plan.hint));
	byId('ways').after(make('p', 'hint', 'The list price is half a cent per ' +
		'path, after the first 1,000 of each month, which are free. ' +
		'CloudFront allows 3,000 paths in progress, 15 of them wildcards.'));
}

function startLegend() {
	for (const state of [STALE, COLLATERAL, KEPT, UNCHANGED])
		if (root.count[state])
			byId('legend').append(make('span', '',
				make('i', 'dot ' + STATE_CLASS[state]),
				STATE_NAME[state] + ' ',
				make('span', 'muted', count(root.count[state]))));
}

function startHead() {
	byId('headline').textContent = headline();
	document.title = headline().replace(/[.:].*/, '') + ' - edgediff';
	if (data.distribution)
		byId('of').textContent = data.distribution;
	byId('summary').textContent = sideWords(data.after) +
		(data.before ? '; before: ' + sideWords(data.before) : '') + '.';
	byId('footer').append(make('span', '', 'manifest ',
		make('code', '', data.after[0])));
	if (data.before)
		byId('footer').append(make('span', '', 'before ',
			make('code', '', data.before[0])));
}

startHead();
if (anyChange)
	startTotals();
if (planned && data.plan.items.length)
	startCosts();
if (root.folders.length || root.files.length || root.rest.length) {
	startLegend();
	startMap();
}
if (planned && data.plan.items.length)
	startItems();
if (anyChange || root.count[COLLATERAL])
	startObjects();
