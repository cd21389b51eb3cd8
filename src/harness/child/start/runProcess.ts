/** What is started as this process or thread; the rest lies beside it, in `dist/processes.js`. */
import { runProcess } from '../processes';

void runProcess();
