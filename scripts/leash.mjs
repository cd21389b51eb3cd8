// Loaded into VS Code's server before anything else (`node --import`): when whoever started the server is gone, even by
// SIGKILL, its end of our standard input closes, and the whole group goes with it.
if (process.argv[1]?.endsWith('server-main.js')) {
  process.stdin.resume();
  process.stdin.on('error', end);
  process.stdin.on('end', end);
}

function end() {
  try {
    if (process.platform === 'win32') process.exit(1);
    process.kill(-process.pid, 'SIGKILL');
  } catch {
    process.exit(1);
  }
}
