"""True sentences of real text, and false ones made from them by one corruption each.

The generator knows nothing of the product: it imports nothing from ``briefing`` and looks at text with plain regular
expressions. Its patterns are of two sets. Set b is held out: whoever improves the checks looks at the cases of set a
only.
"""
