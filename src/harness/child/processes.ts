/**
 * Everything that runs in a process or a thread of its own, in one bundle, since most of it is the same: the compiler, the
 * judge, the tensor library. What is started is a small script that asks for one of these; only what it asks for is evaluated.
 */
export const judgeProcess = (): Promise<unknown> => import('./judgeProcess');
export const runProcess = (): Promise<unknown> => import('./runProcess');
export const debugProcess = (): Promise<unknown> => import('./debugProcess');
export const compileThread = (): Promise<unknown> => import('./compileThread');
