// The table of what the plan costs, beside what could be done instead.

const FREE_PATHS = 1000; // as PRICE_PATHS_FREE of diff/price.h

// A number with a bar that shows its size among those of the other rows.
function meterCell(value, most, state, label, more) {
	const bar = make('i', 'meter ' + STATE_CLASS[state]);
	const number = make('span', '', count(value));

	number.dataset.label = label;
	bar.style.width = Math.max(1, 100 * value / most) + '%';
	bar.hidden = value === 0;
	return make('td', '', number, ' ', more ? make('small', '', more) : '',
		bar);
}

// Free while the month's first paths last, else the list price.
function priceCell(items) {
	const paid = Math.max(0, items - FREE_PATHS);

	return make('td', '', make('span', '', paid ? price(paid) : 'free'), ' ',
		make('small', '', 'else ' + price(items)));
}

function rowOf(name, mine) {
	const row = make('tr', mine ? 'mine' : '', make('th', '', ...name));

	row.firstChild.scope = 'row';
	byId('ways').tBodies[0].append(row);
	return row;
}

// Adds a row; `way` is [paths, unchanged URLs, cached URLs, cached bytes].
function addWay(name, way, most, mine) {
	rowOf(name, mine).append(
		meterCell(way[0], most[0], STALE,
			way[0] === 1 ? 'path' : 'paths'),
		meterCell(way[1], most[1], COLLATERAL, way[1] === 1
			? 'unchanged URL invalidated'
			: 'unchanged URLs invalidated'),
		meterCell(way[2], most[2], UNCHANGED, way[2] === 1
			? 'URL stays cached' : 'URLs stay cached',
		way[2] ? bytes(way[3]) : ''),
		priceCell(way[0]));
}

function addNoWay(name, why) {
	const cell = make('td', 'note', why);

	cell.colSpan = 4;
	rowOf(name).append(cell);
}

function startCosts() {
	const plan = data.plan, all = plan.everything;
	const left = plan.urls - plan.stale - plan.neutral;
	const mine = [plan.items.length, plan.collateral,
		left - plan.collateral, plan.cachedBytes[0]];
	const exact = [plan.stale, 0, left, plan.cachedBytes[1]];
	const ways = [mine, ...(all ? [all] : []),
		...(plan.inexact ? [] : [exact])];
	const most = [0, 1, 2].map((i) =>
		Math.max(1, ...ways.map((way) => way[i])));

	byId('costs').hidden = false;
	addWay(['this plan'], mine, most, true);
	if (all)
		addWay(['everything, ', make('code', '', all[4])], all, most);
	else
		addNoWay(['everything'], 'not allowed by --never-widen');
	if (plan.inexact)
		addNoWay(['exact paths'], 'cannot cover ' +
			counted(plan.inexact, 'URL', 'URLs'));
	else
		addWay(['exact paths'], exact, most);
	if (plan.hint)
		byId('ways').after(make('p', 'advice',
			...sentence(plan.hint)));
	byId('ways').after(make('p', 'hint', 'An account’s first 1,000 paths ' +
		'of each month are free; “else” is the price once they are ' +
		'used up, half a cent a path. CloudFront allows 3,000 paths in ' +
		'progress, 15 of them wildcards.'));
}
