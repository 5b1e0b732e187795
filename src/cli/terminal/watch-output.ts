/**
 * What can't be printed ends the program with 2, after its work is done: except that a reader who has gone (`| head`) has seen enough.
 * To be called before anything is printed.
 */
export function watchOutput(): void {
  let told = false;
  const watch = (stream: NodeJS.WriteStream, name: string): void => {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') return;
      process.once('exit', () => (process.exitCode = 2));
      if (told) return;
      told = true;
      if (stream !== process.stderr) process.stderr.write(`error ${name} can't be written: ${error.message}\n`);
    });
  };
  watch(process.stdout, 'standard output');
  watch(process.stderr, 'standard error');
}

/** An error that nothing has caught is a bug of dockmod or of a plug-in. Node.js itself would print the line of the bundle, too. */
export function watchCrashes(tell: (error: unknown) => Promise<void>): void {
  process.on('uncaughtException', (error) => {
    void tell(error).finally(() => process.exit(2));
  });
}
