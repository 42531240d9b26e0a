// Turns the columns of the data into a tree of folders. cmd/report/page_data.h
// describes the columns.
'use strict';

const UNCHANGED = 0, STALE = 1, COLLATERAL = 2, KEPT = 3, STATES = 4;
const STATE_CLASS = ['unchanged', 'stale', 'collateral', 'kept'];

const data = JSON.parse(document.getElementById('data').textContent);
const planned = data.plan !== null;
const STATE_NAME = ['unchanged', planned ? 'stale' : 'different',
	'invalidated though not stale', 'changed, but not stale'];

function folderOf(name, parent) {
	return {name, parent, folders: [], files: [], rest: [],
		count: new Array(STATES).fill(0),
		bytes: new Array(STATES).fill(0)};
}

// A file is an index into these, and into the columns of the data.
const files = {name: [], folder: [], was: [], by: []};
const root = folderOf('', null);

function total(list) {
	return list[0] + list[1] + list[2] + list[3];
}

function addTo(folder, state, count, bytes) {
	folder.count[state] += count;
	folder.bytes[state] += bytes;
}

function addFile(folder, name) {
	const file = files.name.length;
	const state = +data.states[file];

	files.name.push(name);
	files.folder.push(folder);
	folder.files.push(file);
	addTo(folder, state, 1, data.sizes[file]);
}

function closeFolder(folder) {
	for (let state = 0; state < STATES; state++)
		addTo(folder.parent, state, folder.count[state],
			folder.bytes[state]);
}

function readTree() {
	let at = root;

	for (const name of data.names) {
		if (typeof name !== 'string') {
			at.rest.push(name);
			addTo(at, name[0], name[1], name[2]);
		} else if (name === '') {
			closeFolder(at);
			at = at.parent;
		} else if (name.endsWith('/')) {
			const folder = folderOf(name, at);

			at.folders.push(folder);
			at = folder;
		} else {
			addFile(at, name);
		}
	}
}

// Reads the columns that have an element for some files only.
function readSparse() {
	let was = 0, by = 0;

	for (let file = 0; file < files.name.length; file++) {
		files.was.push(data.kinds[file] === 'M' ? data.was[was++] : -1);
		const state = +data.states[file];
		if (planned && (state === STALE || state === COLLATERAL))
			files.by.push([].concat(data.by[by++]));
		else
			files.by.push([]);
	}
}

readTree();
readSparse();

function pathOfFolder(folder) {
	if (folder.path === undefined)
		folder.path = folder.parent
			? pathOfFolder(folder.parent) + folder.name : '';
	return folder.path;
}

function pathOf(file) {
	return pathOfFolder(files.folder[file]) + files.name[file];
}

function stateOf(file) {
	return +data.states[file];
}

// ---------------------------------------------------------------- text

function count(n) {
	return n.toLocaleString('en-US');
}

function counted(n, one, many) {
	return count(n) + ' ' + (n === 1 ? one : many);
}

// As format_bytes of base/format.c.
function bytes(n) {
	const units = ['kB', 'MB', 'GB', 'TB', 'PB', 'EB'];
	let tenth = 100, tenths, i = 0;

	if (n < 1000)
		return n + ' B';
	for (;; i++, tenth *= 1000) {
		tenths = Math.floor(n / tenth) + (n % tenth >= tenth / 2);
		if (tenths < 10000)
			break;
	}
	return (tenths / 10).toFixed(1) + ' ' + units[i];
}

// As price_format of diff/price.c.
function price(items) {
	const dollars = Math.floor(items / 200);

	return '$' + count(dollars) + '.' +
		String(items % 200 * 5).padStart(3, '0');
}

// Makes an element with a class, and with text or other elements in it.
function make(tag, name, ...children) {
	const element = document.createElement(tag);

	if (name)
		element.className = name;
	element.append(...children);
	return element;
}

// A sentence of edgediff's messages, in which no option is broken.
function sentence(text) {
	const parts = text.split(/(--[a-z]+(?:-[a-z]+)*)/);

	return parts.map((part, i) => i % 2 ? make('code', 'option', part)
		: part).concat(text.endsWith('.') ? [] : ['.']);
}

function byId(id) {
	return document.getElementById(id);
}

// Makes a bar that shows the share of each state.
function shares(values) {
	const bar = make('span', 'shares');

	bar.setAttribute('aria-hidden', 'true');
	for (const [state, value] of values) {
		if (value <= 0)
			continue;
		const part = make('i', STATE_CLASS[state]);
		part.style.flexGrow = value;
		bar.append(part);
	}
	return bar;
}
