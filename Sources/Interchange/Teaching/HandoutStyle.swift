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
    h1, h2, h3, summary, .ask, .small, figcaption, .number, .spine, .options { font-family: system-ui, "Segoe UI",
      Helvetica, Arial, sans-serif; }
    h1 { font-size: 1.75rem; line-height: 1.2; margin: .25rem 0 .5rem; }
    h2 { font-size: 1.25rem; line-height: 1.3; margin: 0 0 .6rem; }
    h3 { font-size: 1.05rem; line-height: 1.3; margin: 0 0 .3rem; }
    .number { display: inline-block; min-width: 1.6em; color: var(--soft); font-weight: 400; }
    main > section { border-top: 1px solid var(--line); padding: 1.1rem 0 .6rem; }
    article { padding: .5rem 0; }
    p { margin: 0 0 .7rem; }
    .small, figcaption { color: var(--soft); font-size: .875rem; line-height: 1.45; }
    .said { font-style: italic; }
    .quoted { border-left: 3px solid var(--line); padding-left: .7rem; font-size: .95rem; color: var(--soft); }
    .ask { font-weight: 600; }
    ol.options { margin: 0 0 .8rem; padding-left: 1.6rem; }
    ol.short { display: flex; flex-wrap: wrap; gap: 0 2.4rem; }
    ul.reasons { margin: .7rem 0; padding-left: 1.1rem; }
    ul.reasons li { margin-bottom: .4rem; }
    .right b { color: var(--good); }
    details { border: 1px solid var(--line); border-radius: 6px; padding: 0 .9rem; margin-bottom: .6rem; }
    details[open] { padding-bottom: .6rem; }
    summary { cursor: pointer; padding: .55rem 0; font-weight: 600; color: var(--mark); }
    figure { margin: .8rem 0 1rem; }
    figure.image svg { background: #000000; max-width: 22rem; width: 100%; }
    figure svg { background: #ffffff; border-radius: 3px; max-width: 100%; height: auto; }
    .lesion, .places { display: flex; flex-wrap: wrap; gap: .75rem; }
    .places { align-items: flex-start; margin-top: 1rem; }
    .places figure { margin: 0; }
    .torso { flex: 0 1 19rem; }
    .vertebra { flex: 0 1 9rem; }
    .vertebra svg, .torso svg { display: block; padding: 4px; width: 100%; }
    .lesion figure { flex: 1 1 8rem; max-width: 10.4rem; margin: 0; }
    .lesion svg { width: 100%; padding: 2px; }
    .wide { overflow-x: auto; }
    .wide svg { min-width: 34rem; }
    .spine { display: flex; flex-direction: column; gap: .3rem; font-size: .72rem; margin-bottom: .4rem; }
    .spine .region { display: flex; flex-wrap: wrap; align-items: center; gap: .2rem; }
    .spine .pairs { display: flex; flex-wrap: wrap; gap: .3rem 1rem; }
    .spine .pair i { min-width: 3.6rem; font-style: normal; color: var(--soft); }
    .spine .region span { width: 2.1rem; text-align: center; border: 1px solid var(--line); border-radius: 3px;
      padding: .1rem 0; color: var(--soft); }
    .spine .region .extent { background: var(--shade); color: var(--ink); border-style: dashed;
      border-color: var(--mark); }
    .spine .region .bone { background: var(--mark); color: var(--paper); border-color: var(--mark); font-weight: 700; }
    @media (max-width: 480px) { .spine .region { flex-wrap: nowrap; gap: 1px; }
      .spine .region span { flex: 0 1 1.6rem; min-width: 0; } }
    footer { border-top: 1px solid var(--line); margin-top: 1rem; padding-top: .8rem; }
    .paper { display: none; }
    @media print {
      :root { --ink: #000000; --soft: #444444; --line: #bbbbbb; --paper: #ffffff; --mark: #000000; --shade: #dddddd; }
      @page { size: A4; margin: 12mm 14mm 11mm; @bottom-right { content: counter(page) " of " counter(pages);
        font: 7.5pt Helvetica, Arial, sans-serif; color: #444444; } }
      body { max-width: none; padding: 0; font-size: 8.4pt; line-height: 1.26; }
      h1 { font-size: 15pt; margin: 0 0 .2rem; }
      h2 { font-size: 11.5pt; margin-bottom: .3rem; break-after: avoid; }
      h3 { font-size: 9.4pt; margin-bottom: .1rem; break-after: avoid; }
      main > section { padding: .4rem 0 .1rem; }
      article { padding: .15rem 0; break-inside: avoid; }
      .quiet, details { display: none; }
      p, ol.options, ul.reasons { margin-top: 0; margin-bottom: .25rem; }
      ul.reasons li { margin-bottom: .08rem; }
      figure { margin: .2rem 0 .3rem; break-inside: avoid; }
      figcaption, .small { font-size: 7.4pt; line-height: 1.22; }
      .answers { font-size: 10.2pt; }
      .quoted { font-size: .97em; }
      .ask, .said { break-after: avoid; }
      .seen { break-inside: avoid; }
      .lesion { flex-wrap: nowrap; gap: 4mm; max-width: 150mm; }
      .lesion figure { flex: 1 1 0; }
      .places { flex-wrap: nowrap; gap: 8mm; margin: 2mm 0 0; }
      .places figure { display: flex; gap: 3mm; align-items: flex-end; }
      .torso { flex: 0 0 108mm; }
      .torso svg { flex: 0 0 64mm; }
      .vertebra { flex: 0 0 56mm; }
      .vertebra svg { flex: 0 0 26mm; }
      .questions, .answers { columns: 2; column-gap: 9mm; }
      .questions > h2 { column-span: all; }
      .later { break-inside: avoid; }
      .later h2 { font-size: 9.4pt; border-bottom: 1px dashed var(--line); padding-bottom: .2rem; }
      .turned { transform: rotate(180deg); }
      .paper { display: block; }
      span.paper { display: inline; }
      .sheet { break-before: page; }
      .answers article { break-inside: auto; }
      .answers li, .answers p { break-inside: avoid; }
      .wide { overflow: visible; }
      .wide svg { min-width: 0; width: 100%; }
      .answers .spine { font-size: 6.5pt; gap: 1px; }
      .answers .spine .region span { width: 1.45rem; padding: 0; }
      .answers .spine .pairs { gap: 1px .5rem; }
      footer { break-inside: avoid; margin-top: .2rem; padding-top: .2rem; }
      footer p { margin-bottom: .1rem; }
      svg, .spine span { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    }
    """

  /// At the head of every printed page of a made-up case; its answers stand on one.
  static let constructed = """

    @media print { .answers { font-size: 8.4pt; } @page { @top-center { content: "Constructed case, no patient";
      font: bold 8pt Helvetica, Arial, sans-serif; } } }
    """
}
