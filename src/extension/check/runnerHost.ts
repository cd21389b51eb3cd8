/** Makes the platform's runner when it is first wanted, and ends it with the extension. */
import type { Runner } from '../../harness/runner';
import { Disposer } from '../disposables';
import type { Platform } from '../platform';

export class RunnerHost extends Disposer {
  private made: Promise<Runner | { readonly unavailable: string }> | undefined;

  constructor(private readonly platform: Platform) {
    super();
  }

  /** Rejects where the runner cannot be made; the next call tries again. */
  runner(): Promise<Runner | { readonly unavailable: string }> {
    this.made ??= this.platform.createRunner().catch((error: unknown) => {
      this.made = undefined;
      throw error;
    });
    return this.made;
  }

  /** Has a runner ready before it is asked for. A fault here shows when it is. */
  warm(): void {
    this.runner().catch(() => undefined);
  }

  override dispose(): void {
    void this.made?.then((made) => {
      if ('dispose' in made) {
        made.dispose();
      }
    });
    super.dispose();
  }
}
