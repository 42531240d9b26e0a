// Makes the treemap interactive: a button for each child of the folder that is
// shown lies over the canvas.

const BUTTON_SIDE_MIN = 16, BUTTONS_MAX = 150, FOLDERS_MAX = 200;

// ---------------------------------------------------------------- text

function describeSums(folder) {
	const words = [];

	for (const state of [STALE, COLLATERAL, KEPT, UNCHANGED])
		if (folder.count[state])
			words.push(count(folder.count[state]) + ' ' +
				STATE_NAME[state]);
	return counted(total(folder.count), 'object', 'objects') + ', ' +
		bytes(total(folder.bytes)) + ': ' + words.join(', ');
}

function describeFile(file) {
	const words = [sizesOf(file) + ', ' + STATE_NAME[stateOf(file)]];

	if (data.kinds[file] === 'A' || data.kinds[file] === 'D')
		words[0] += data.kinds[file] === 'A' ? ' (added)' : ' (removed)';
	if (files.by[file].length)
		words.push('invalidated by ' + files.by[file].map(
			(item) => data.plan.items[item][0]).join(', '));
	return words.join('; ');
}

function describe(node) {
	if (node.folder)
		return describeSums(node.folder);
	if (node.file !== undefined)
		return describeFile(node.file);
	const words = [];
	for (let state = 0; state < STATES; state++)
		if (node.sums[state])
			words.push(STATE_NAME[state]);
	return words.join(', ') + '; too small to draw separately';
}

function fullName(node) {
	if (node.folder)
		return pathOfFolder(node.folder);
	return node.file === undefined ? node.name : pathOf(node.file);
}

// ---------------------------------------------------------------- interaction

function contains(box, x, y) {
	return x >= box.x && y >= box.y && x < box.x + box.w &&
		y < box.y + box.h;
}

function showDetail(node) {
	byId('detail').replaceChildren(...(node
		? [make('code', '', fullName(node)), ' ', describe(node)]
		: ['Choose a folder to open it, or a file to see its details.']));
}

function choose(node) {
	if (node.folder)
		enterFolder(node.folder, true);
	else
		showDetail(node);
}

function makeButton(box, node) {
	const opened = node.folder && !isOneFile(node.folder);
	const button = make('button', opened ? 'folder' : 'file');
	const state = soleState(node);

	button.type = 'button';
	button.style.left = box.x + 'px';
	button.style.top = box.y + 'px';
	button.style.width = box.w + 'px';
	button.style.height = box.h + 'px';
	button.setAttribute('aria-label', node.name + ': ' + describe(node));
	if (opened ? box.w > 44 && box.h > 44 : box.h > 22 && state >= 0 &&
		fileFits(node.name, paint.button, box)) {
		const label = make('span', opened ? '' : 'on-' +
			STATE_CLASS[state], make('b', '', node.name));

		if (opened && box.w > 130)
			label.append(make('small', '', map.measure === 'count'
				? count(node.value) : bytes(node.value)));
		button.append(label);
	}
	button.addEventListener('click', () => choose(node));
	return button;
}

function drawCrumbs() {
	const trail = [];

	for (let at = map.folder; at; at = at.parent) {
		const name = at.parent ? at.name : 'whole site';
		let crumb;

		if (at === map.folder) {
			crumb = make('span', '', name);
			crumb.setAttribute('aria-current', 'location');
		} else {
			crumb = make('button', 'link', name);
			crumb.type = 'button';
			crumb.addEventListener('click',
				() => enterFolder(at, true));
		}
		trail.unshift(crumb);
	}
	byId('crumbs').replaceChildren(...trail);
}

// Counts what the open folder holds.
function drawLegend() {
	const folder = map.folder;
	const number = (state) => map.measure === 'count'
		? count(folder.count[state]) : bytes(folder.bytes[state]);

	byId('legend').replaceChildren(make('span', 'muted', 'Objects in ' +
		(folder.parent ? folder.name : 'the whole site') + ':'),
	...[STALE, COLLATERAL, KEPT, UNCHANGED]
		.filter((state) => folder.count[state])
		.map((state) => make('span', '',
			make('i', 'dot ' + STATE_CLASS[state]),
			STATE_NAME[state] + ' ',
			make('span', 'muted', number(state)))));
}

// Lists the folders too, because some are too small to click.
function drawFolders() {
	const folders = map.folder.folders.slice().sort(
		(a, b) => total(b[map.measure]) - total(a[map.measure]));
	const box = byId('folders');

	box.hidden = folders.length === 0;
	box.querySelector('summary').textContent =
		counted(folders.length, 'folder', 'folders') + ' here' +
		(folders.length > FOLDERS_MAX
			? ', the ' + FOLDERS_MAX + ' largest' : '');
	box.querySelector('ul').replaceChildren(
		...folders.slice(0, FOLDERS_MAX).map((folder) => {
			const button = make('button', 'link', folder.name);

			button.type = 'button';
			button.addEventListener('click',
				() => enterFolder(folder, true));
			return make('li', '', button,
				shares([STALE, COLLATERAL, KEPT, UNCHANGED]
					.map((s) => [s, folder[map.measure][s]])),
				make('span', 'muted', describeSums(folder)));
		}));
}

function drawMap() {
	const place = byId('map'), cells = byId('cells');
	const width = place.clientWidth, height = place.clientHeight;
	const buttons = [];

	map.painted = [];
	map.nodes = [];
	map.names = [];
	startPainting(width, height);
	squarify(nodesOf(map.folder), {x: 0, y: 0, w: width + 1, h: height + 1},
		(node, rough) => {
			const box = snap(rough);

			paintNode(node, rough, {depth: 1, heads: 0,
				around: '', most: false});
			map.nodes.push({...box, node});
			if (buttons.length < BUTTONS_MAX && box.w >= BUTTON_SIDE_MIN &&
				box.h >= BUTTON_SIDE_MIN)
				buttons.push(makeButton(box, node));
		});
	cells.replaceChildren(...buttons);
}

function enterFolder(folder, focus) {
	map.folder = folder;
	showDetail(null);
	byId('tip').hidden = true;
	drawMap();
	drawCrumbs();
	drawLegend();
	drawFolders();
	if (focus)
		(byId('crumbs').querySelector('button:last-of-type') ||
			byId('cells').querySelector('button') ||
			byId('by-objects')).focus({preventScroll: true});
}

function measureBy(measure) {
	map.measure = measure;
	byId('by-objects').setAttribute('aria-pressed', measure === 'count');
	byId('by-bytes').setAttribute('aria-pressed', measure === 'bytes');
	enterFolder(map.folder, false);
}

function hitAt(boxes, event) {
	const place = byId('map').getBoundingClientRect();
	const x = event.clientX - place.left, y = event.clientY - place.top;

	for (let i = boxes.length - 1; i >= 0; i--)
		if (contains(boxes[i], x, y))
			return boxes[i].node;
	return null;
}

function showTip(event) {
	const tip = byId('tip'), place = byId('map').getBoundingClientRect();
	const node = event.pointerType === 'mouse' && hitAt(map.painted, event);

	tip.hidden = !node;
	if (!node)
		return;
	tip.replaceChildren(make('code', '', fullName(node)),
		make('span', '', describe(node)));
	const x = event.clientX - place.left, y = event.clientY - place.top;
	tip.style.left = Math.max(0, Math.min(x + 14,
		place.width - tip.offsetWidth)) + 'px';
	tip.style.top = (y > place.height / 2 ? y - tip.offsetHeight - 12
		: y + 18) + 'px';
}

function startMap() {
	const place = byId('map');
	let width = 0;

	byId('site').hidden = false;
	byId('by-objects').addEventListener('click', () => measureBy('count'));
	byId('by-bytes').addEventListener('click', () => measureBy('bytes'));
	place.addEventListener('pointermove', showTip);
	place.addEventListener('pointerleave', () => {
		byId('tip').hidden = true;
	});
	place.addEventListener('click', (event) => {
		const node = event.target.closest('button')
			? null : hitAt(map.nodes, event);

		if (node)
			choose(node);
	});
	new ResizeObserver(() => {
		if (place.clientWidth !== width) {
			width = place.clientWidth;
			drawMap();
		}
	}).observe(place);
	window.matchMedia('(prefers-color-scheme: dark)')
		.addEventListener('change', drawMap);
	width = place.clientWidth;
	enterFolder(root, false);
}
