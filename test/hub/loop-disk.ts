import { execFile } from 'node:child_process';
import { copyFile, mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * A disk in a file, with a file system of its own. What a program wrote and the system has not yet put onto it is lost when its power is
 * cut, which killing the program does not show. Needs root and loop devices.
 */
export class LoopDisk implements AsyncDisposable {
  readonly folder: string;
  readonly #root: string;
  #image: string;
  #isMounted = false;

  private constructor(root: string) {
    this.#root = root;
    this.#image = path.join(root, 'disk.img');
    this.folder = path.join(root, 'disk');
  }

  static async make(root: string, bytes: number): Promise<LoopDisk> {
    await mkdir(path.join(root, 'disk'), { recursive: true });
    const disk = new LoopDisk(root);
    const file = await open(disk.#image, 'w');
    await file.truncate(bytes);
    await file.close();
    await run('mkfs.ext4', ['-q', '-F', disk.#image]);
    await disk.mount();
    return disk;
  }

  /** Copies what is on the disk at this moment; the programs that use it must stand still. */
  async snapshot(): Promise<string> {
    const copy = path.join(this.#root, 'after-the-cut.img');
    await copyFile(this.#image, copy);
    return copy;
  }

  /** Puts the copy into the place of the disk. Nothing may use it. */
  async replaceBy(image: string): Promise<void> {
    await this.unmount();
    this.#image = image;
    await this.mount();
  }

  async mount(): Promise<void> {
    await run('mount', ['-o', 'loop', this.#image, this.folder]);
    this.#isMounted = true;
  }

  async unmount(): Promise<void> {
    if (!this.#isMounted) return;
    await run('umount', [this.folder]);
    this.#isMounted = false;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.unmount();
  }
}
