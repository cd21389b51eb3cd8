import assert from 'node:assert/strict';
import { reportInNamespace } from '../../../src/content/learner/reportInNamespace';
import { courseIdOf, idBeside, inNamespace, localId } from '../../../src/course/namespace';
import type { Report } from '../../../src/harness/report';
import { memorySource } from '../content/memoryCourse';

describe('the ids of a course that was added', () => {
  it('begin with the id of the course, and are as they were within it', async () => {
    const { course } = await memorySource();
    const outside = inNamespace({ ...course, renamed: { 'basics/two': ['basics/double'] } });
    assert.deepEqual(
      outside.parts[0]?.exercises.map(({ id, buildsOn }) => [id, buildsOn]),
      [
        ['tiny/basics/double', []],
        ['tiny/basics/quadruple', ['tiny/basics/double']],
      ],
    );
    assert.deepEqual(outside.renamed, { 'tiny/basics/two': ['tiny/basics/double'] });
    assert.equal(localId('tiny/basics/double'), 'basics/double');
    assert.equal(localId('basics/double'), 'basics/double');
    assert.equal(courseIdOf('tiny/basics/double'), 'tiny');
    assert.equal(courseIdOf('basics/double'), undefined);
    assert.equal(idBeside('tiny/basics/double', 'basics/quadruple'), 'tiny/basics/quadruple');
    assert.equal(idBeside('basics/double', 'basics/quadruple'), 'basics/quadruple');
  });

  it('are those of every place in a report, and of nothing that a learner printed', () => {
    const place = { exercise: 'basics/double', line: 1, column: 1 } as const;
    const report = {
      exercise: 'basics/quadruple',
      checks: [
        {
          sentence: 'basics/double',
          outcome: {
            status: 'threw',
            error: { name: 'E', message: 'exercise', place, stack: [{ function: 'f', place }] },
          },
        },
      ],
      earlier: [{ exercise: 'basics/double', author: 'learner' }],
      console: { lines: [{ level: 'log', text: 'basics/double' }], dropped: 0 },
    } as unknown as Report;
    const text = JSON.stringify(reportInNamespace(report, 'tiny/basics/quadruple'));
    assert.equal(text.match(/"exercise":"tiny\/basics\/(?:double|quadruple)"/g)?.length, 4);
    assert.doesNotMatch(text, /"exercise":"basics/);
    assert.match(text, /"text":"basics\/double"/);
    assert.equal(reportInNamespace(report, 'basics/quadruple'), report);
  });
});
