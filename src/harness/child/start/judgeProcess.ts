/** What is started as this process or thread; the rest lies beside it, in `dist/processes.js`. */
import { judgeProcess } from '../processes';

void judgeProcess();
