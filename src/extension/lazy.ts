/**
 * All that takes time to load and is not needed to start: the course's loader, the lesson renderer, and the schemas of
 * what comes from outside. It is a bundle of its own where there is Node, so that starting does not even parse it.
 */
export { composeLab, composeSubmission } from '../content/composeSubmission';
export { exportText, importSolutions, readExport } from '../content/learner/exportFile';
export { CourseSource } from '../content/courseSource';
export { functionsToWrite, listChecks } from '../harness/compile/listedChecks';
export { progressFrom } from '../content/learner/progressFile';
export { readProgressOnDisk, writeProgressOnDisk } from '../content/learner/progressOnDisk';
export { loadCourse } from '../content/loadCourse';
export { readDataSet } from '../content/readDataSet';
export { escapeHtml } from '../lesson/escape';
export { renderHints } from '../lesson/renderHints';
export { readLesson } from '../content/readLesson';
export { lessonFileOf, rereadLesson } from '../content/savedLesson';
export { extensionCourseFiles } from './course/extensionCourseFiles';
export { foreignCourseFiles } from './course/foreignCourseFiles';
export { readArguments, whyNot } from '../harness/trial/arguments';
export { textsOfCall } from '../harness/trial/callText';
export { signaturesIn } from '../harness/trial/signature';
export { trialReportOf } from '../harness/trial/trialReport';
export { drawGraphs } from './lab/drawGraphs';
export { archivePath, mostRuns, readArchive, writeArchive } from './lab/runArchive';
export { readFromLab, readFromLesson, readFromOverview, readFromResults, readFromTry } from './pages/messages';
