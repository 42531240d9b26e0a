// Lays the treemap out, and paints on a canvas whatever is large enough to be
// seen.

const AREA_MIN = 5; // square pixels; smaller nodes are merged into one
const OPENED_AREA_MIN = 500; // of a folder that shows its content
const DEPTH_MAX = 12; // levels of folders that are painted
const HEAD = 20; // height of the line with a folder's name
const HEADS_MAX = 2; // such lines above one another
const MOST = 0.75; // of a folder: the share of a folder that is named with it
const NAME_HEIGHT_MIN = 18; // of a file with a name
const NAME_PAD = 6; // beside a name, as in a button
const FOLDER_LETTERS_MIN = 3; // of a folder's name that is cut
const FILE_LETTERS_MIN = 8; // less would tell nothing of a file

const map = {
	folder: root,
	measure: 'count',
	painted: [], // {x, y, w, h, node} of every node
	nodes: [], // the same for the children of the folder
	names: [], // {text, font, colour, x, y, w, h} of every name painted
};

// A folder that contains only another folder is shown together with it.
function nodeOfFolder(folder) {
	let at = folder, name = folder.name;

	while (at.folders.length === 1 && !at.files.length && !at.rest.length) {
		at = at.folders[0];
		name += at.name;
	}
	return {folder: at, name, sums: at[map.measure],
		value: total(at[map.measure])};
}

function nodeOfFile(file) {
	const sums = [0, 0, 0, 0];

	sums[stateOf(file)] = map.measure === 'count' ? 1 : data.sizes[file];
	return {file, name: files.name[file], sums, value: total(sums)};
}

function nodeOfRest(rest) {
	const sums = [0, 0, 0, 0];

	sums[rest[0]] = map.measure === 'count' ? rest[1] : rest[2];
	return {many: rest[1], name: counted(rest[1], 'other file',
		'other files'), sums, value: total(sums)};
}

// The largest nodes first; of equal ones, those that are invalidated first.
function nodesOf(folder) {
	return [...folder.folders.map(nodeOfFolder),
		...folder.files.map(nodeOfFile), ...folder.rest.map(nodeOfRest)]
		.filter((node) => node.value > 0)
		.sort((a, b) => b.value - a.value ||
			b.sums[STALE] - a.sums[STALE] ||
			b.sums[COLLATERAL] - a.sums[COLLATERAL] ||
			b.sums[KEPT] - a.sums[KEPT]);
}

// Merges nodes that are too small to draw separately.
function merge(nodes) {
	const sums = [0, 0, 0, 0];

	for (const node of nodes)
		for (let state = 0; state < STATES; state++)
			sums[state] += node.sums[state];
	return {many: nodes.length, name: counted(nodes.length, 'more', 'more'),
		sums, value: total(sums)};
}

// The worst aspect ratio in a row of areas along a side.
function worstRatio(sum, largest, smallest, side) {
	const square = side * side, whole = sum * sum;

	return Math.max(square * largest / whole, whole / (square * smallest));
}

// The end of the row, starting at `first`, with the best aspect ratios.
function rowEnd(nodes, first, scale, side) {
	const largest = nodes[first].value * scale;
	let sum = largest, ratio = worstRatio(sum, largest, largest, side);
	let end = first + 1;

	for (; end < nodes.length; end++) {
		const area = nodes[end].value * scale;
		const next = worstRatio(sum + area, largest, area, side);

		if (next > ratio)
			break;
		ratio = next;
		sum += area;
	}
	return end;
}

// Squarified treemap (Bruls, Huizing, van Wijk): calls place(node, box).
function squarify(nodes, box, place) {
	let {x, y, w, h} = box;
	let rest = nodes.reduce((sum, node) => sum + node.value, 0);

	for (let first = 0; first < nodes.length;) {
		if (w * h / (nodes.length - first) < AREA_MIN) {
			place(merge(nodes.slice(first)), {x, y, w, h});
			return;
		}
		const scale = w * h / rest, side = Math.min(w, h);
		const end = rowEnd(nodes, first, scale, side);
		let sum = 0, along = 0;

		for (let i = first; i < end; i++)
			sum += nodes[i].value;
		const thick = sum * scale / side;
		for (let i = first; i < end; i++) {
			const long = nodes[i].value * scale / thick;

			place(nodes[i], w >= h
				? {x, y: y + along, w: thick, h: long}
				: {x: x + along, y, w: long, h: thick});
			along += long;
		}
		if (w >= h) {
			x += thick;
			w = Math.max(0, w - thick);
		} else {
			y += thick;
			h = Math.max(0, h - thick);
		}
		rest -= sum;
		first = end;
	}
}

// ---------------------------------------------------------------- painting

let paint; // the context of the canvas, and the current colours

function startPainting(width, height) {
	const canvas = document.querySelector('#map canvas');
	const ratio = window.devicePixelRatio || 1;
	const style = getComputedStyle(document.documentElement);
	const colour = (name) => style.getPropertyValue(name).trim();

	canvas.width = Math.round(width * ratio);
	canvas.height = Math.round(height * ratio);
	paint = {context: canvas.getContext('2d'),
		states: STATE_CLASS.map((name) => colour('--' + name)),
		names: STATE_CLASS.map((name) => colour('--on-' + name)),
		frame: colour('--frame'), ink: colour('--ink'),
		inner: colour('--inner')};
	paint.context.setTransform(ratio, 0, 0, ratio, 0, 0);
	paint.context.clearRect(0, 0, width, height);
	paint.bold = '600 11px ' + style.fontFamily;
	paint.plain = '11px ' + style.fontFamily;
	paint.button = '500 12px ' + style.fontFamily; // as in map.css
	paint.context.textBaseline = 'middle';
}

// Rounds a box to whole pixels, with a gap if there is room for one.
function snap(box) {
	const gap = box.w > 5 && box.h > 5 ? 1 : 0;
	const x = Math.round(box.x), y = Math.round(box.y);

	return {x, y, w: Math.max(Math.round(box.x + box.w) - x - gap, 0.5),
		h: Math.max(Math.round(box.y + box.h) - y - gap, 0.5)};
}

// Fills a box with the share of each state, along its longer side.
function fillShares(box, sums) {
	const across = box.w >= box.h, whole = total(sums);
	let {x, y} = box;

	for (const state of [STALE, COLLATERAL, KEPT, UNCHANGED]) {
		const share = sums[state] / whole;

		if (share === 0)
			continue;
		const w = across ? box.w * share : box.w;
		const h = across ? box.h : box.h * share;
		paint.context.fillStyle = paint.states[state];
		paint.context.fillRect(x, y, w, h);
		if (across)
			x += w;
		else
			y += h;
	}
}

// Shortens a text by an ellipsis; to nothing if fewer letters than `least` fit.
function fitText(text, width, least) {
	if (paint.context.measureText(text).width <= width)
		return text;
	const letters = Array.from(text.slice(0, 60));
	while (letters.length > 1 && paint.context.measureText(
		letters.join('') + '…').width > width)
		letters.pop();
	return letters.length >= least ? letters.join('') + '…' : '';
}

// Does the name of a file fit in a box, or enough of it?
function fileFits(name, font, box) {
	paint.context.font = font;
	return box.h >= NAME_HEIGHT_MIN &&
		fitText(name, box.w - 2 * NAME_PAD, FILE_LETTERS_MIN) !== '';
}

function paintName(text, font, colour, box, middle) {
	paint.context.font = font;
	paint.context.fillStyle = colour;
	const fitting = fitText(text, box.w - 2 * NAME_PAD, FOLDER_LETTERS_MIN);

	paint.context.fillText(fitting, box.x + NAME_PAD, middle);
	if (fitting)
		map.names.push({text: fitting, font, colour, x: box.x,
			y: box.y, w: box.w, h: box.h});
}

// `heads` is how many folders around this one show their names above it, and
// `around` the names of those that don't, up to the next that does. A folder
// that fills most of the one around it has no line for its own name: its name
// is part of the names in it.
function paintFolder(node, box, {depth, heads, around, most}) {
	const joined = most && node.folder.folders.length > 0;
	const least = depth > 2 ? 64 : 44; // a smaller folder shows no name
	const head = !joined && heads < HEADS_MAX && box.w > least &&
		box.h > least ? HEAD - 2 * (depth > 1) : 0;
	const pad = head ? 2 : 1;
	const inside = {depth: depth + 1, heads: heads + (head > 0),
		around: head ? '' : around + node.name};

	paint.context.fillStyle = depth > 1 ? paint.inner : paint.frame;
	paint.context.fillRect(box.x, box.y, box.w, box.h);
	if (head && depth > 1) // the first has its name in its button
		paintName(around + node.name, paint.bold, paint.ink, box,
			box.y + head / 2 + 1);
	squarify(nodesOf(node.folder), {x: box.x + pad,
		y: box.y + (head || pad), w: box.w - 2 * pad + 1,
		h: box.h - (head || pad) - pad + 1},
	(child, rough) => paintNode(child, rough, {...inside,
		most: child.value > MOST * node.value}));
}

// The state of a node that has one colour, else -1. On several colours, no
// name could be read.
function soleState(node) {
	return node.sums.indexOf(node.value);
}

// Is this a folder of one file? It is painted as that file.
function isOneFile(folder) {
	return folder.files.length === 1 && !folder.folders.length &&
		!folder.rest.length;
}

// A folder is listed before its content, so a search for a position starts at
// the end.
function paintNode(node, rough, place) {
	const box = snap(rough);

	map.painted.push({...box, node});
	if (node.folder && !isOneFile(node.folder) &&
		place.depth < DEPTH_MAX &&
		box.w * box.h >= OPENED_AREA_MIN && box.w > 10 && box.h > 10) {
		paintFolder(node, box, place);
		return;
	}
	fillShares(box, node.sums);
	// the names of the open folder's own files are in their buttons
	if (place.depth > 1 && !node.many && soleState(node) >= 0 &&
		fileFits(node.name, paint.plain, box))
		paintName(node.name, paint.plain, paint.names[soleState(node)],
			box, box.y + 10);
}
