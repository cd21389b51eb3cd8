/** Who creates, disposes: a class that extends this registers what it makes, and all of it ends with it. */
import type * as vscode from 'vscode';

export abstract class Disposer {
  private readonly owned: vscode.Disposable[] = [];

  protected own<T extends vscode.Disposable>(disposable: T): T {
    this.owned.push(disposable);
    return disposable;
  }

  dispose(): void {
    for (const disposable of this.owned.splice(0).reverse()) {
      disposable.dispose();
    }
  }
}
