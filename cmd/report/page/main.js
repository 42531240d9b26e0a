// Writes the head and the foot of the page, and starts the sections that have
// content.

const [added, changed, removed] = data.changes;
const anyChange = added + changed + removed > 0;
const DRY_RUN = 1, DEPLOYMENT = 2; // as enum report_stage
const VERDICTS = [['passed', 'added'], ['failed', 'removed'],
	['unknown', 'muted']];

function headline() {
	const plan = data.plan;

	if (planned && data.unknown)
		return (data.unknown[2] ? 'First deployment: '
			: 'Nothing is known about the edge: ') +
			(plan.items.length ? 'everything is invalidated.'
				: 'nothing is invalidated.');
	if (!anyChange && !(planned && plan.items.length))
		return 'Nothing changed.';
	if (!planned)
		return counted(added + changed + removed, 'object differs.',
			'objects differ.');
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

// Why everything is invalidated, and whether that is expected.
function reason() {
	const [because, expected, first] = data.unknown;
	const said = first
		? ['There is no baseline', ...(data.baseline
			? [' at ', make('code', '', data.baseline)] : [])]
		: [because[0].toUpperCase() + because.slice(1)];

	if (!data.plan.items.length)
		return [...said, ', and ', make('code', '', '--first-run none'),
			' assumes that caches hold nothing else than this ' +
			'build. That is right if nothing was served before it.'];
	return [...said, ', so caches may hold anything, and every URL counts ' +
		'as stale. ', ...sentence(expected)];
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

function group(name, tiles) {
	const box = make('div', '', make('h2', '', name),
		make('div', 'tiles', ...tiles));

	byId('totals').append(box);
	return box;
}

// Says once what stale means.
function definition() {
	return make('p', 'hint', 'An object is ', make('em', '', 'stale'),
		' if caches may hold an older one: ' + (data.unknown
			? 'nothing is known about them, so each is. '
			: data.stage ? 'it has changed since the last deployment. '
				: 'it has changed between the two builds. ') +
		'So are its URLs. An object can have several, such as ',
		make('code', '', '/a/'), ' and ',
		make('code', '', '/a/index.html'), '.');
}

function startTotals() {
	const plan = data.plan;

	byId('totals').hidden = false;
	group('Objects', [tile(count(added), 'added'),
		tile(count(changed), 'changed'),
		tile(count(removed), 'removed')]);
	if (!planned || !plan.items.length)
		return;
	const left = plan.urls - plan.stale - plan.neutral - plan.collateral;
	const tiles = [tile(count(plan.stale), 'stale', STALE),
		tile(count(plan.collateral), 'invalidated too',
			COLLATERAL),
		tile(count(left), left === 1 ? 'stays cached' : 'stay cached',
			UNCHANGED)];

	if (plan.neutral)
		tiles.push(tile(count(plan.neutral), 'not cached yet', KEPT));
	group('URLs', tiles).append(shares([[STALE, plan.stale],
		[COLLATERAL, plan.collateral], [KEPT, plan.neutral],
		[UNCHANGED, left]]));
	byId('totals').append(definition());
}

function startChecks() {
	byId('checks').hidden = false;
	byId('checks').querySelector('ul').append(...data.checks.map(
		([title, verdict, ...lines]) => make('li', '', make('b', '', title),
			' ', make('span', VERDICTS[verdict][1],
				VERDICTS[verdict][0]),
			...lines.map((line) => make('p', 'muted', line)))));
}

function fact(name, value) {
	byId('footer').append(make('dt', '', name), make('dd', '',
		make('code', '', value)));
}

// What identifies the builds and the batch.
function startFoot() {
	if (data.distribution)
		fact('Distribution', data.distribution);
	if (data.reference)
		fact('CallerReference', data.reference);
	fact('Manifest of this build', data.after[0]);
	if (data.before)
		fact('Manifest before', data.before[0]);
}

function startHead() {
	byId('headline').textContent = headline();
	document.title = headline().replace(/[.:].*/, '') + ' - edgediff';
	if (data.distribution)
		byId('of').textContent = data.distribution;
	if (data.stage === DRY_RUN)
		byId('stage').textContent = 'dry run: nothing was sent';
	else if (data.stage === DEPLOYMENT)
		byId('stage').textContent = data.reference
			? 'written before the batch was sent'
			: 'nothing to send';
	byId('stage').hidden = !byId('stage').textContent;
	byId('summary').textContent = sideWords(data.after) +
		(data.before ? '; before: ' + sideWords(data.before) : '') + '.';
	if (!planned || !data.unknown)
		return;
	byId('why').hidden = false;
	byId('why').append(make('p', 'advice', ...reason()));
}

startHead();
startFoot();
if (data.checks)
	startChecks();
if (anyChange)
	startTotals();
if (planned && data.plan.items.length)
	startCosts();
if (root.folders.length || root.files.length || root.rest.length)
	startMap();
if (planned && data.plan.items.length)
	startItems();
if (anyChange || root.count[COLLATERAL])
	startObjects();
