/** How values and numbers are shown to a person: the one place that formats them. */
export { ForeignValue } from './foreignValue';
export { describeIndex, describeShape, formatNumber, formatPair, indexAt, positionAt } from './formatNumber';
export { describeMembers, describeType, maxCells, shapesIn, textOf, viewOf, viewOfTensor, viewsOfPair } from './viewOf';
