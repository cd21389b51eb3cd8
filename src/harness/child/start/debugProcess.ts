/** What is started as this process or thread; the rest lies beside it, in `dist/processes.js`. */
import { debugProcess } from '../processes';

void debugProcess();
