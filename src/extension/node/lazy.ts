/** What is loaded later where there is Node: `dist/lazy.js`, with the runner that needs Node. */
export * from '../lazy';
export { ChildRunner } from '../../harness/child/childRunner';
