import { describe, expect, it } from 'vitest';
import { fileLook, splitFileName } from './file-name.ts';

describe('splitFileName', () => {
  it('keeps the extension apart', () => {
    expect(splitFileName('a very long report.final.pdf')).toEqual({ stem: 'a very long report.final', extension: '.pdf' });
    expect(splitFileName('README')).toEqual({ stem: 'README', extension: '' });
    expect(splitFileName('.env')).toEqual({ stem: '.env', extension: '' });
    expect(splitFileName('报告。最终.docx').extension).toBe('.docx');
  });

  it('shows the real extension of a name with a direction mark or hidden characters', () => {
    expect(splitFileName('invoice\u202egpj.exe').extension).toBe('.exe');
    expect(splitFileName('photo.jpg\u200b \u200b.scr').extension).toBe('.scr');
  });
});

describe('file facts', () => {
  it('chooses a look by type or extension', () => {
    expect(fileLook('x.eml', 'application/octet-stream')).toBe('mail');
    expect(fileLook('x.zip', 'application/octet-stream')).toBe('archive');
    expect(fileLook('x', 'image/png')).toBe('image');
  });
});
