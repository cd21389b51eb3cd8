/** What is loaded later where there is Node: `dist/lazy.js`, with the runner that needs Node. */
export * from '../lazy';
export { ChildRunHost } from '../../harness/child/childRunHost';
export { ChildRunner } from '../../harness/child/childRunner';
