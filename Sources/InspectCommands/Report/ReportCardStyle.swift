/// What a card looks like: a sheet at the right edge, the whole screen where that is small.
enum ReportCardStyle {
    static let text = """
        dialog { width: min(760px, 100vw); height: 100dvh; max-height: 100dvh; max-width: 100vw;
          margin: 0 0 0 auto; padding: 0; border: 0; border-left: 1px solid var(--line);
          background: var(--surface); color: var(--text); overflow: hidden; }
        dialog[open] { display: flex; flex-direction: column; }
        dialog::backdrop { background: rgb(10 14 20 / .5); }
        dialog > header { display: flex; gap: 16px; align-items: flex-start; padding: 16px 24px;
          border-bottom: 1px solid var(--line); }
        dialog > header h2 { flex: 1; margin: 4px 0 0; font-size: 14px; font-weight: 600; overflow-wrap: anywhere;
          unicode-bidi: isolate; }
        #card-body { flex: 1; padding: 20px 24px 40px; overflow-y: auto; overscroll-behavior: contain; }
        #card-body:focus-visible { outline-offset: -3px; }
        #card-body section { margin: 0 0 24px; }
        .what { margin: 0 0 16px; font-size: 18px; line-height: 1.35; font-weight: 600; }
        .what .badge { vertical-align: 2px; margin-left: 8px; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 18px; margin: 0; }
        dt { color: var(--quiet); }
        dd { margin: 0; overflow-wrap: anywhere; }
        .inner { overflow-x: auto; }
        .inner table { width: 100%; border-collapse: collapse; font-size: 13.5px; }
        .inner th, .inner td { padding: 5px 14px 5px 0; text-align: left; vertical-align: top;
          border-bottom: 1px solid var(--line); }
        .inner thead th { color: var(--quiet); font-weight: 600; white-space: nowrap; }
        .inner .shape { white-space: nowrap; }
        .inner tbody th { font-weight: 400; overflow-wrap: anywhere; }
        .items { margin: 0; padding: 0; list-style: none; }
        .items > li { padding: 6px 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
        .items > li:last-child { border-bottom: 0; }
        .items .badge { margin-right: 6px; }
        .items .place { color: var(--quiet); font-size: 13px; }
        .notice { margin: 0 0 20px; padding: 10px 14px; border-radius: 8px; overflow-wrap: anywhere;
          color: var(--red); background: var(--red-ground); }
        .code { position: relative; margin: 0 0 12px; }
        .code pre { margin: 0; padding: 12px 14px; max-height: 420px; overflow: auto; border: 1px solid var(--line);
          border-radius: 8px; background: var(--ground); line-height: 1.45; }
        .code pre.short { padding-right: 92px; white-space: pre-wrap; overflow-wrap: anywhere; }
        .code .copy { position: absolute; top: 6px; right: 6px; padding: 3px 12px; font-size: 13px; }
        details summary { cursor: pointer; color: var(--quiet); }
        @media (max-width: 560px) {
          dialog > header, #card-body { padding-left: 14px; padding-right: 14px; }
          dl { grid-template-columns: 1fr; gap: 0; }
          dd { margin-bottom: 8px; }
        }

        """
}
