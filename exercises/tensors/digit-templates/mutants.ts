import { defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'leaves the norm out',
    caughtBy: 'four of five held-back digits are recognised',
    edits: [{ find: 'where(greater(norms, 0), norms, Infinity)', replace: 'where(greater(norms, 0), 1, 1)' }],
  },
  {
    name: 'divides by the sum of the pixels',
    caughtBy: 'every template gets the length 1 and keeps its direction',
    edits: [
      {
        find: 'const norms = sqrt(squares);',
        replace: 'const norms = sum(templates, { axis: [1, 2], keepdim: true });',
      },
    ],
  },
  {
    name: 'forgets the root',
    caughtBy: 'every template gets the length 1 and keeps its direction',
    edits: [{ find: 'const norms = sqrt(squares);', replace: 'const norms = squares;' }],
  },
  {
    name: 'divides all templates by one norm',
    caughtBy: 'a brighter template does not win by its brightness',
    edits: [{ find: 'const norms = sqrt(squares);', replace: 'const norms = sqrt(sum(squares));' }],
  },
  {
    name: 'normalises every row of pixels',
    caughtBy: 'every template gets the length 1 and keeps its direction',
    edits: [
      {
        find: 'const norms = sqrt(squares);',
        replace: 'const norms = sqrt(sum(square(templates), { axis: 2, keepdim: true }));',
      },
    ],
  },
  {
    name: 'divides a template of zeros by zero',
    caughtBy: 'a template of zeros stays as it is',
    edits: [{ find: 'where(greater(norms, 0), norms, Infinity)', replace: 'norms' }],
  },
  {
    name: 'keeps short templates from growing',
    caughtBy: 'a template of zeros stays as it is',
    edits: [{ find: 'where(greater(norms, 0), norms, Infinity)', replace: 'maximum(norms, 1)' }],
  },
  {
    name: 'adds up and does not divide',
    caughtBy: 'a template is the mean of the images of its class',
    edits: [{ find: 'maximum(counts, 1)', replace: 'maximum(equal(counts, counts), 1)' }],
  },
  {
    name: 'divides by the number of all images',
    caughtBy: 'a template is the mean of the images of its class',
    edits: [{ find: 'maximum(counts, 1), [classes', replace: 'maximum(equal(counts, counts), labels.size), [classes' }],
  },
  {
    name: 'divides by no images at all',
    caughtBy: 'a class of one image is that image, and one without images is zeros',
    edits: [{ find: 'reshape(maximum(counts, 1),', replace: 'reshape(counts,' }],
  },
  {
    name: 'takes the labels that there are and leaves the other images out',
    caughtBy: 'as many labels as images are asked for, and the message names both',
    edits: [
      {
        find: "einsum('nc,nhw->chw', members, images)",
        replace: "einsum('nc,nhw->chw', members, slice(images, [[0, labels.size]]))",
      },
      { find: '  argmax,', replace: '  slice,\n  argmax,' },
    ],
  },
  {
    name: 'takes the diagonal of the pixels',
    caughtBy: 'agreement sums the products of all pixels',
    edits: [{ find: "einsum('nhw,chw->nc', images, templates)", replace: "einsum('nhw,chv->nc', images, templates)" }],
  },
  {
    name: 'puts the templates in the rows',
    caughtBy: 'agreement sums the products of all pixels',
    edits: [
      { find: "'nhw,chw->nc'", replace: "'nhw,chw->cn'" },
      { find: '{ axis: 1 });\n}', replace: '{ axis: 0 });\n}' },
    ],
  },
  {
    name: 'looks for the largest along the images',
    caughtBy: 'the template that agrees most is the answer, of equals the first',
    edits: [{ find: '{ axis: 1 });\n}', replace: '{ axis: 0 });\n}' }],
  },
  {
    name: 'looks for agreement or its opposite',
    caughtBy: 'the template that agrees most is the answer, of equals the first',
    edits: [{ find: 'argmax(agreement(images, templates)', replace: 'argmax(square(agreement(images, templates))' }],
  },
  {
    name: 'counts instead of sharing',
    caughtBy: 'accuracy is the share of right predictions',
    edits: [{ find: 'mean(equal(predicted, labels)).at()', replace: 'sum(equal(predicted, labels)).at()' }],
  },
  {
    name: 'lets a single prediction stand for all',
    caughtBy: 'as many labels as predictions are asked for, and the message names both',
    edits: [
      {
        find: 'if (predicted.size !== labels.size)',
        replace: 'if (predicted.size !== labels.size && predicted.size !== 1)',
      },
    ],
  },
  {
    name: 'changes the templates on the way',
    caughtBy: 'does not change its input',
    edits: [
      { find: 'const norms = sqrt(squares);', replace: 'templates.data[0] = 9;\n  const norms = sqrt(squares);' },
    ],
  },
]);
