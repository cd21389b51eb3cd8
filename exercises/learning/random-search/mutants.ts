import { defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'keeps the candidate with the highest loss',
    caughtBy: "finds the lesson's best guess",
    edits: [{ find: 'loss < best.loss', replace: 'loss > best.loss' }],
  },
  {
    name: 'keeps the last candidate',
    caughtBy: 'keeps the candidate with the lowest loss, wherever it stands',
    edits: [{ find: '(best === undefined || loss < best.loss)', replace: 'true' }],
  },
  {
    name: 'lets an equally good candidate replace the best',
    caughtBy: 'of equally good candidates the first one stays',
    edits: [{ find: 'loss < best.loss', replace: 'loss <= best.loss' }],
  },
  {
    name: 'writes down every loss, not the best so far',
    caughtBy: 'the history holds the lowest loss so far, after each try',
    edits: [{ find: 'history.push(best?.loss ?? NaN)', replace: 'history.push(loss)' }],
  },
  {
    name: 'writes the history only when something better was found',
    caughtBy: 'the history holds the lowest loss so far, after each try',
    edits: [
      {
        find: 'best = { candidate, loss };',
        replace: '{\n      best = { candidate, loss };\n      history.push(loss);\n    }',
      },
      { find: '    history.push(best?.loss ?? NaN);\n', replace: '' },
    ],
  },
  {
    name: 'draws once more for what it keeps than for what it judges',
    caughtBy: 'draws as often as it may, and judges each candidate once',
    edits: [{ find: 'const loss = lossOf(candidate);', replace: 'const loss = lossOf(draw());' }],
  },
  {
    name: 'draws one candidate and judges it again and again',
    caughtBy: 'with every parameter more, the same number of guesses gets less far',
    edits: [
      {
        find: '  const history: number[] = [];',
        replace: '  const history: number[] = [];\n  const candidate = draw();',
      },
      { find: '    const candidate = draw();\n', replace: '' },
    ],
  },
  {
    name: 'stops one try short',
    caughtBy: 'candidates may be sets of tensors, and come back as they were drawn',
    edits: [{ find: 'attempt < tries', replace: 'attempt < tries - 1 || attempt === 0' }],
  },
  {
    name: 'starts from the first candidate, whatever its loss is',
    caughtBy: 'a loss that is NaN never wins, not even as the first',
    edits: [
      {
        find: '!Number.isNaN(loss) && (best === undefined || loss < best.loss)',
        replace: 'best === undefined || loss < best.loss',
      },
    ],
  },
  {
    name: 'returns nothing at all where no loss was a number',
    caughtBy: 'where every loss is NaN there is nothing to return',
    edits: [
      {
        find: 'if (best === undefined) throw new Error(`randomSearch: the loss of all ${tries} candidates was NaN`);',
        replace: '',
      },
      {
        find: 'best: best.candidate, loss: best.loss',
        replace: 'best: best?.candidate as Candidate, loss: best?.loss ?? NaN',
      },
    ],
  },
  {
    name: 'takes any number of tries',
    caughtBy: 'no tries, or half of one, are refused, and the message names tries',
    edits: [{ find: '!Number.isInteger(tries) || tries < 1', replace: 'tries === Infinity' }],
  },
]);
