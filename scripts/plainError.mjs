// Failures that a person can act on. They are shown as their one sentence; anything else is a defect of ours and keeps
// its stack.

export class PlainError extends Error {}

/** Runs a script's main function and turns its failure into one sentence and exit code 1. */
export async function runScript(main) {
  try {
    const code = await main();
    if (typeof code === 'number') process.exitCode = code;
  } catch (error) {
    console.error(error instanceof PlainError ? error.message : error);
    process.exitCode = 1;
  }
}

/** Whether a package manager's output says that there was no network, or none that led anywhere. */
export function saysNoNetwork(output) {
  return /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED|network/i.test(
    output,
  );
}
