// The order of a template's entries: `before`, `after` and their forms for groups put entries beside
// others.
'use strict';

/** @typedef {Record<string, any>} Entry */

/**
 * @param {Entry[]} template
 * @returns {Entry[]}
 */
function inOrder(template) {
  const moved = template.some((entry) => {
    return ['before', 'after', 'beforeGroupContaining', 'afterGroupContaining'].some((name) => name in entry);
  });
  if (!moved) return template;
  const groups = groupsOf(template);
  for (const group of groups) {
    for (const entry of [...group]) {
      placeEntry(groups, group, entry);
    }
  }
  for (const group of [...groups]) placeGroup(groups, group);
  return groups.filter((group) => group.length > 0)
    .flatMap((group, index) => (index === 0 ? group : [{ type: 'separator' }, ...group]));
}

/**
 * What stands between separators.
 * @param {Entry[]} template
 */
function groupsOf(template) {
  /** @type {Entry[][]} */
  const groups = [[]];
  for (const entry of template) {
    if (entry.type === 'separator') groups.push([]);
    else groups[groups.length - 1].push(entry);
  }
  return groups;
}

/**
 * @param {Entry[][]} groups
 * @param {Entry[]} from
 * @param {Entry} entry
 */
function placeEntry(groups, from, entry) {
  for (const [name, offset] of /** @type {[string, number][]} */ ([['before', 0], ['after', 1]])) {
    const [id] = entry[name] ?? [];
    const to = groups.find((group) => group.some((other) => other.id === id && id !== undefined));
    if (to === undefined) continue;
    from.splice(from.indexOf(entry), 1);
    to.splice(to.findIndex((other) => other.id === id) + offset, 0, entry);
    return;
  }
}

/**
 * @param {Entry[][]} groups
 * @param {Entry[]} group
 */
function placeGroup(groups, group) {
  for (const [name, offset] of /** @type {[string, number][]} */ ([
    ['beforeGroupContaining', 0], ['afterGroupContaining', 1],
  ])) {
    const id = group.flatMap((entry) => entry[name] ?? [])[0];
    const to = groups.find((other) => other !== group && other.some((entry) => entry.id === id && id !== undefined));
    if (to === undefined) continue;
    groups.splice(groups.indexOf(group), 1);
    groups.splice(groups.indexOf(to) + offset, 0, group);
    return;
  }
}

module.exports = { inOrder };
