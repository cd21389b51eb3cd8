/**
 * All that takes time to load and is not needed to start: the course's loader, the lesson renderer, and the schemas of
 * what comes from outside. It is a bundle of its own where there is Node, so that starting does not even parse it.
 */
export { composeSubmission } from '../content/composeSubmission';
export { CourseSource } from '../content/courseSource';
export { loadCourse } from '../content/loadCourse';
export { readDataSet } from '../content/readDataSet';
export { escapeHtml } from '../lesson/escape';
export { renderHints } from '../lesson/renderHints';
export { renderLesson } from '../lesson/renderLesson';
export { extensionCourseFiles } from './course/extensionCourseFiles';
export { readFromLesson, readFromResults } from './pages/messages';
export { progressFrom, progressText, readProgress } from './progress/progressFile';
