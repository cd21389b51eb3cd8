import { defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'has no guard',
    caughtBy: 'a thread without a pixel reads nothing and returns 0',
    edits: [{ find: 'if (this.thread.x >= size)', replace: 'if (size < 0)' }],
  },
  {
    name: 'lets one thread too many through',
    caughtBy: "eight threads brighten the lesson's six pixels",
    edits: [{ find: 'this.thread.x >= size', replace: 'this.thread.x > size' }],
  },
  {
    name: 'keeps one thread too many out',
    caughtBy: 'every pixel is brightened or darkened, and stays between 0 and 1',
    edits: [{ find: 'this.thread.x >= size', replace: 'this.thread.x >= size - 1' }],
  },
  {
    name: 'takes the number of threads for the size',
    caughtBy: 'size is believed where the array goes on',
    edits: [{ find: 'this.thread.x >= size', replace: 'this.thread.x >= this.output.x' }],
  },
  {
    name: 'forgets that pixels end at 1',
    caughtBy: "eight threads brighten the lesson's six pixels",
    edits: [
      {
        find: 'Math.min(1, Math.max(0, pixels[this.thread.x]! + amount))',
        replace: 'Math.max(0, pixels[this.thread.x]! + amount)',
      },
    ],
  },
  {
    name: 'forgets that pixels end at 0',
    caughtBy: 'every pixel is brightened or darkened, and stays between 0 and 1',
    edits: [
      {
        find: 'Math.min(1, Math.max(0, pixels[this.thread.x]! + amount))',
        replace: 'Math.min(1, pixels[this.thread.x]! + amount)',
      },
    ],
  },
  {
    name: 'subtracts the wrong way round',
    caughtBy: 'a thread subtracts the picture before from the one after',
    edits: [
      {
        find: 'after[this.thread.y]![this.thread.x]! - before[this.thread.y]![this.thread.x]!',
        replace: 'before[this.thread.y]![this.thread.x]! - after[this.thread.y]![this.thread.x]!',
      },
    ],
  },
  {
    name: 'takes x for the row',
    caughtBy: 'x is the column and y is the row',
    edits: [
      {
        find: 'after[this.thread.y]![this.thread.x]! - before[this.thread.y]![this.thread.x]!',
        replace: 'after[this.thread.x]![this.thread.y]! - before[this.thread.x]![this.thread.y]!',
      },
    ],
  },
  {
    name: 'holds x against the rows',
    caughtBy: 'x is the column and y is the row',
    edits: [
      {
        find: 'this.thread.x >= shape[1]! || this.thread.y >= shape[0]!',
        replace: 'this.thread.x >= shape[0]! || this.thread.y >= shape[1]!',
      },
    ],
  },
  {
    name: 'guards to the right alone',
    caughtBy: 'threads to the right of the pictures and below them return 0',
    edits: [
      { find: 'this.thread.x >= shape[1]! || this.thread.y >= shape[0]!', replace: 'this.thread.x >= shape[1]!' },
    ],
  },
  {
    name: 'turns away only threads that are too far in both directions',
    caughtBy: 'threads to the right of the pictures and below them return 0',
    edits: [
      {
        find: 'this.thread.x >= shape[1]! || this.thread.y >= shape[0]!',
        replace: 'this.thread.x >= shape[1]! && this.thread.y >= shape[0]!',
      },
    ],
  },
  {
    name: 'works in the first hundred columns alone',
    caughtBy: 'pictures of many thousand pixels are no different',
    edits: [{ find: 'this.thread.x >= shape[1]! ||', replace: 'this.thread.x >= Math.min(shape[1]!, 100) ||' }],
  },
]);
