/** What is started as this process or thread; the rest lies beside it, in `dist/processes.js`. */
import { compileThread } from '../processes';

void compileThread();
