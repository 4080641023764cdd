/**
 * How to leave an editor of code by keyboard, where Tab indents. Each that has a label of its own says it: Monaco's, which says where help is,
 * has given way to that.
 */
export const leaveHint = `${/mac/i.test(navigator.userAgent) ? 'Ctrl+Shift+M' : 'Ctrl+M'} lets Tab leave the editor`;
