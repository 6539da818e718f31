// How a handout looks: on a screen, on a phone, on paper.

enum HandoutStyle {
  static let css = """
    :root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --paper: #ffffff;
      --good: #1a7f37; --mark: #0b5cad; --shade: #c9dcf0; }
    @media (prefers-color-scheme: dark) { :root { --ink: #e6e9ec; --soft: #9aa4af; --line: #3a424b;
      --paper: #14181c; --good: #57c46d; --mark: #6db3f2; --shade: #2b4560; } }
    * { box-sizing: border-box; }
    body { margin: 0 auto; padding: 1.25rem 1rem 3rem; max-width: 44rem; background: var(--paper); color: var(--ink);
      font: 1.0625rem/1.55 Georgia, "Times New Roman", serif; }
    h1, h2, summary, .ask, .small, figcaption, .number, .spine { font-family: system-ui, "Segoe UI", Helvetica, Arial,
      sans-serif; }
    h1 { font-size: 1.75rem; line-height: 1.2; margin: .25rem 0 .5rem; }
    h2 { font-size: 1.2rem; line-height: 1.3; margin: 0 0 .5rem; }
    .number { display: inline-block; min-width: 1.9em; color: var(--soft); font-weight: 400; }
    main > section { border-top: 1px solid var(--line); padding: 1.1rem 0 .6rem; }
    p { margin: 0 0 .7rem; }
    .small, figcaption { color: var(--soft); font-size: .875rem; line-height: 1.45; }
    .quoted { border-left: 3px solid var(--line); padding-left: .7rem; font-size: .95rem; color: var(--soft); }
    .ask { font-weight: 600; }
    ol.options { margin: 0 0 .8rem; padding-left: 1.6rem; }
    ul.reasons { margin: .7rem 0; padding-left: 1.1rem; }
    ul.reasons li { margin-bottom: .4rem; }
    .right b { color: var(--good); }
    details { border: 1px solid var(--line); border-radius: 6px; padding: 0 .9rem; margin-bottom: .6rem; }
    details[open] { padding-bottom: .6rem; }
    summary { cursor: pointer; padding: .55rem 0; font-weight: 600; color: var(--mark); }
    figure { margin: .8rem 0 1rem; }
    figure svg { background: #ffffff; border-radius: 3px; max-width: 100%; height: auto; }
    .lesion { display: flex; flex-wrap: wrap; gap: .75rem; }
    .lesion svg { flex: 1 1 8rem; max-width: 10.4rem; padding: 2px; }
    figcaption { flex-basis: 100%; margin-top: .35rem; }
    .wide { overflow-x: auto; }
    .wide svg { min-width: 34rem; }
    .spine { display: flex; flex-direction: column; gap: .3rem; font-size: .72rem; }
    .spine .region { display: flex; flex-wrap: wrap; gap: .2rem; }
    .spine .region span { width: 2.1rem; text-align: center; border: 1px solid var(--line); border-radius: 3px;
      padding: .1rem 0; color: var(--soft); }
    .spine .region .extent { background: var(--shade); color: var(--ink); border-style: dashed; border-color: var(--mark); }
    .spine .region .bone { background: var(--mark); color: var(--paper); border-color: var(--mark); font-weight: 700; }
    footer { border-top: 1px solid var(--line); margin-top: 1rem; padding-top: .8rem; }
    .paper { display: none; }
    @media print {
      :root { --ink: #000000; --soft: #444444; --line: #bbbbbb; --paper: #ffffff; --mark: #000000; --shade: #dddddd; }
      @page { margin: 15mm 18mm; }
      body { max-width: none; padding: 0; font-size: 10pt; line-height: 1.4; }
      main > section { padding: .7rem 0 .1rem; }
      p, ol.options { margin-bottom: .45rem; }
      figure { margin: .4rem 0 .6rem; }
      details { display: none; }
      h2, .ask { break-after: avoid; }
      main > section, figure, .paper li, footer { break-inside: avoid; }
      .lesion svg { max-width: 28mm; }
      .paper { display: block; break-before: page; break-inside: auto; }
      .paper li { margin-bottom: .4rem; }
      svg, .spine span { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    }
    """
}
