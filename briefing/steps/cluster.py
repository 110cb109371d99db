"""Stage 6, cluster: passages about one event become a story; stories are ranked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from scipy.cluster.hierarchy import fcluster, linkage

from briefing.model import Scored, Story, digest
from briefing.text.similarity import Terms, tfidf
from briefing.text.words import terms


def cluster(scored: Sequence[Scored], *, now: datetime) -> tuple[Story, ...]:
    """Stories, one event each, best first."""
    articles: dict[str, list[Scored]] = {}
    for one in sorted(scored, key=lambda s: (-s.score, s.passage.id)):
        articles.setdefault(one.passage.article.id, []).append(one)
    ids = sorted(articles)
    if not ids:
        return ()
    labels = [0]
    if len(ids) > 1:
        table = Terms.of(
            [
                Counter(t for s in articles[i] for t in terms(s.passage.text, s.passage.article.language or "en"))
                for i in ids
            ]
        )
        labels = list(fcluster(linkage(tfidf(table).toarray(), "average", "cosine"), 0.85, "distance"))
    groups: dict[int, list[str]] = {}
    for id_, label in zip(ids, labels, strict=True):
        groups.setdefault(int(label), []).append(id_)
    stories = [_story([s for i in group for s in articles[i]], group) for group in groups.values()]
    return tuple(sorted(stories, key=lambda s: (-s.score, s.id)))


def _story(passages: list[Scored], ids: list[str]) -> Story:
    passages.sort(key=lambda s: (-s.score, s.passage.id))
    story = Story(digest("\n".join(ids))[:16], tuple(passages))
    sources = story.independent_sources
    return Story(story.id, story.passages, float(sources), (f"{sources} independent sources",))
