"""Papers: PDF made by ReportLab, in every script that customers write. Verbs: write_transcript. Fonts: Noto (OFL), in `fonts/`."""
