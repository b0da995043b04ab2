/// What the report looks like: one list of colours for light and one for dark, every pair of text and ground with a
/// contrast of 4.5 or more (WCAG 2.2, 1.4.3).
enum ReportStyle {
    static let text = colours + page + summary + table + ReportCardStyle.text

    private static let colours = """
        :root {
          color-scheme: light dark;
          --ground: #f5f6f8; --surface: #ffffff; --raised: #eef0f4; --text: #1b1f27; --quiet: #596273;
          --line: #dce0e7; --accent: #1a56c4; --bar: #6d95e0;
          --red: #b3261e; --red-ground: #fdecea; --amber: #855000; --amber-ground: #fdf1dc;
          --green: #1b6b3a; --green-ground: #e5f4ea; --grey: #566073; --grey-ground: #eceff3;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ground: #11141a; --surface: #191d25; --raised: #232833; --text: #e5e8ee; --quiet: #a0a9b8;
            --line: #303743; --accent: #8fb4ff; --bar: #4a73c4;
            --red: #ff9d95; --red-ground: #3d1d1c; --amber: #f0c36a; --amber-ground: #382a10;
            --green: #82d6a4; --green-ground: #16301f; --grey: #a9b2c1; --grey-ground: #282e39;
          }
        }

        """

    private static let page = """
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
        body { margin: 0; background: var(--ground); color: var(--text);
          font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
        body > header, main, body > footer { max-width: 1360px; margin: 0 auto; padding: 0 24px; }
        body > header { padding-top: 32px; }
        body > footer { padding-top: 8px; padding-bottom: 40px; color: var(--quiet); font-size: 13px; }
        main { display: flex; flex-direction: column; }
        h1 { font-size: 26px; line-height: 1.25; margin: 0; letter-spacing: -.01em; }
        h2 { font-size: 17px; margin: 0 0 12px; }
        h3 { font-size: 14px; margin: 0 0 8px; }
        .roots { margin: 4px 0 0; color: var(--quiet); overflow-wrap: anywhere; }
        .hint { margin: 0 0 12px; color: var(--quiet); font-size: 13px; }
        code, pre, .path { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
          font-size: 13px; }
        .unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden;
          clip-path: inset(50%); white-space: nowrap; }
        .skip { position: absolute; left: 16px; top: -80px; z-index: 2; padding: 10px 16px; border-radius: 8px;
          background: var(--accent); color: var(--ground); }
        .skip:focus { top: 12px; }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
        button, input, select { font: inherit; color: inherit; }
        button { cursor: pointer; }
        .button { padding: 7px 14px; border: 1px solid var(--line); border-radius: 8px; background: var(--surface); }
        .button:hover:enabled { border-color: var(--accent); }
        .button:disabled { color: var(--quiet); cursor: default; opacity: .6; }
        .badge { display: inline-block; padding: 1px 9px; border-radius: 99px; font-size: 12.5px; font-weight: 600;
          white-space: nowrap; color: var(--grey); background: var(--grey-ground); }
        .badge.danger { color: var(--red); background: var(--red-ground); }
        .badge.warning { color: var(--amber); background: var(--amber-ground); }
        .badge.good { color: var(--green); background: var(--green-ground); }

        """

    private static let summary = """
        #summary { order: -1; margin: 20px 0 28px; }
        .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(118px, 1fr)); gap: 12px; margin: 0 0 12px;
          padding: 0; list-style: none; }
        .tiles > li, .chart { background: var(--surface); border: 1px solid var(--line); border-radius: 12px; }
        .tiles > li { position: relative; }
        .tiles .tile { display: block; width: 100%; padding: 12px 16px; border: 0; border-radius: 12px; background: none;
          text-align: left; color: var(--quiet); font-size: 13.5px; }
        .tiles strong { display: block; font-size: 24px; line-height: 1.2; font-weight: 650; color: var(--text);
          font-variant-numeric: tabular-nums; }
        .tiles .danger strong { color: var(--red); }
        .tiles .warning strong { color: var(--amber); }
        .tiles .good strong { color: var(--green); }
        .tiles button.tile:hover { background: var(--raised); }
        .charts { margin-top: 16px; display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr)); gap: 12px; }
        .chart { padding: 16px 18px; }
        .chart table { width: 100%; border-collapse: collapse; font-size: 13.5px; }
        .chart th { width: 1%; padding: 2px 12px 2px 0; text-align: left; font-weight: 400; white-space: nowrap; }
        .chart td { padding: 2px 0; }
        .chart td.count { width: 1%; padding-left: 12px; text-align: right; font-variant-numeric: tabular-nums;
          color: var(--quiet); }
        .chart svg { display: block; width: 100%; height: 14px; }
        .chart rect { fill: var(--bar); }
        .chart th button { padding: 0; border: 0; background: none; text-align: left; color: var(--text); }
        .chart th button:hover, .open:hover { color: var(--accent); text-decoration: underline; }

        """

    private static let table = """
        #filters { display: flex; flex-wrap: wrap; gap: 12px; align-items: end; margin-bottom: 12px; }
        #filters[hidden], #pages[hidden] { display: none; }
        #filters label { display: flex; flex-direction: column; gap: 4px; font-size: 13px; color: var(--quiet); }
        #filters input, #filters select { height: 38px; padding: 0 12px; border: 1px solid var(--line);
          border-radius: 8px; background: var(--surface); color: var(--text); font-size: 15px; }
        #filters label:first-child { flex: 1 1 260px; }
        #filters label:first-child input { width: 100%; }
        #filters select { max-width: 220px; }
        #filters .button { height: 38px; }
        #status { margin: 0 0 8px; color: var(--quiet); font-size: 13.5px; }
        .scroll { overflow-x: auto; background: var(--surface); border: 1px solid var(--line); border-radius: 12px; }
        #table { width: 100%; border-collapse: collapse; font-size: 14px; }
        #table th, #table td { padding: 8px 12px; text-align: left; vertical-align: top; }
        #table thead th { padding: 0; border-bottom: 1px solid var(--line); font-size: 13px; white-space: nowrap;
          color: var(--quiet); }
        #table thead th > span, #table thead th > button { display: block; width: 100%; padding: 10px 12px; border: 0;
          background: none; font-weight: 600; text-align: inherit; }
        #table thead button:hover { color: var(--accent); }
        #table thead button:focus-visible { outline-offset: -3px; }
        [aria-sort] > button::after { content: "\\2195" / ""; margin-left: 6px; opacity: .45; }
        [aria-sort=ascending] > button::after { content: "\\2191" / ""; opacity: 1; }
        [aria-sort=descending] > button::after { content: "\\2193" / ""; opacity: 1; }
        #table tbody tr + tr > * { border-top: 1px solid var(--line); }
        #table tbody tr:hover { background: var(--raised); }
        #table tbody th { width: 28%; min-width: 220px; font-weight: 400; overflow-wrap: anywhere; unicode-bidi: isolate; }
        #table .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        #table .ports { font-size: 13px; max-width: 300px; overflow-wrap: anywhere; }
        #table .format, #table .framework { white-space: nowrap; }
        #table .reason { display: block; max-width: 240px; color: var(--quiet); font-size: 12.5px; line-height: 1.35;
          overflow-wrap: anywhere; }
        .folder { color: var(--quiet); }
        .open { padding: 0; border: 0; background: none; text-align: left; color: var(--accent); }
        #pages { display: flex; gap: 12px; align-items: center; justify-content: flex-end; margin: 12px 0; }
        @media (max-width: 1100px) { #table .ports { display: none; } }
        @media (max-width: 800px) {
          #table .size, #table .gaps, #table .framework { display: none; }
        }
        @media (max-width: 560px) {
          body > header, main, body > footer { padding-left: 14px; padding-right: 14px; }
          body > header { padding-top: 20px; }
          .tiles { grid-template-columns: repeat(2, 1fr); gap: 8px; }
          .chart { padding: 14px; }
          #filters label { flex: 1 1 100%; }
          #filters select { width: 100%; max-width: none; }
          #table th, #table td { padding: 8px 10px; }
          #table .format, #table .parameters { display: none; }
          #table tbody th { min-width: 0; }
          #table .reason { max-width: 130px; }
        }
        @media print {
          #filters, #pages, .skip { display: none; }
          .scroll { overflow: visible; }
        }

        """
}
