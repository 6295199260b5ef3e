#include "archive/store/put.h"

#include <string.h>

/* Raised when a field is added, so that every post counts as changed once. */
#define FINGERPRINT_VERSION 1

static uint64_t mix(uint64_t hash, uint64_t value)
{
	hash = (hash ^ value) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ hash >> 29;
}

/* NULL and "" differ; so do "ab","c" and "a","bc". */
static uint64_t mix_text(uint64_t hash, const char *text)
{
	size_t len = text ? strlen(text) : 0;
	uint64_t word = 0;

	hash = mix(hash, text ? len : UINT64_MAX);
	for (; len >= sizeof(word); len -= sizeof(word), text += sizeof(word)) {
		memcpy(&word, text, sizeof(word));
		hash = mix(hash, word);
	}
	word = 0;
	if (len > 0)
		memcpy(&word, text, len);
	return mix(hash, word);
}

static uint64_t mix_texts(uint64_t hash, const char *const *texts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		hash = mix_text(hash, texts[i]);
	return mix(hash, count);
}

static uint64_t mix_emojis(uint64_t hash, const struct emoji *emojis, size_t count)
{
	for (size_t i = 0; i < count; i++)
		hash = mix_text(mix_text(hash, emojis[i].code), emojis[i].url);
	return mix(hash, count);
}

static uint64_t mix_media(uint64_t hash, const struct media *m)
{
	const char *const texts[] = { m->url, m->preview, m->alt, m->blurhash };

	hash = mix_texts(hash, texts, sizeof(texts) / sizeof(*texts));
	hash = mix(hash, (uint64_t)m->kind);
	hash = mix(hash, (uint64_t)m->width << 32 ^ (uint64_t)m->height);
	return mix(hash, (uint64_t)m->duration_ms);
}

static uint64_t mix_poll(uint64_t hash, const struct poll *poll)
{
	for (size_t i = 0; i < poll->option_count; i++) {
		hash = mix_text(hash, poll->options[i].title);
		hash = mix(hash, (uint64_t)poll->options[i].votes);
	}
	hash = mix(hash, (uint64_t)poll->ends);
	hash = mix(hash, (uint64_t)poll->voters);
	return mix(hash, poll->multiple << 1 | poll->closed);
}

static uint64_t mix_card(uint64_t hash, const struct card *card)
{
	const char *const texts[] = { card->url, card->title, card->description, card->image,
				      card->site };

	return mix_texts(hash, texts, sizeof(texts) / sizeof(*texts));
}

int64_t fingerprint_of_author(const struct author *author)
{
	const char *const texts[] = {
		author->host, author->network_id, author->handle,
		author->name, author->url,	  author->avatar,
	};
	uint64_t hash = mix(FINGERPRINT_VERSION, (uint64_t)author->network);

	hash = mix_texts(hash, texts, sizeof(texts) / sizeof(*texts));
	hash = mix_emojis(hash, author->emojis, author->emoji_count);
	return (int64_t)mix(hash, author->bot << 1 | author->optout);
}

static uint64_t mix_counts(uint64_t hash, const struct counts *counts)
{
	hash = mix(hash, (uint64_t)counts->replies);
	hash = mix(hash, (uint64_t)counts->reposts);
	hash = mix(hash, (uint64_t)counts->likes);
	return mix(hash, (uint64_t)counts->quotes);
}

int64_t fingerprint_of_post(const struct post *post)
{
	const char *const texts[] = {
		post->host,	    post->network_id, post->url,       post->author.uri,
		post->lang,	    post->html,	      post->text,      post->spoiler,
		post->reply_uri,    post->reply_id,   post->quote_uri, post->quote_url,
		post->conversation,
	};
	uint64_t hash = mix(FINGERPRINT_VERSION, (uint64_t)post->network);

	hash = mix_texts(hash, texts, sizeof(texts) / sizeof(*texts));
	hash = mix_texts(hash, post->tags, post->tag_count);
	for (size_t i = 0; i < post->media_count; i++)
		hash = mix_media(hash, &post->media[i]);
	hash = mix_emojis(hash, post->emojis, post->emoji_count);
	if (post->poll)
		hash = mix_poll(hash, post->poll);
	if (post->card)
		hash = mix_card(hash, post->card);
	if (post->taken)
		hash = mix_text(hash, post->taken);
	hash = mix_counts(hash, &post->counts);
	hash = mix(hash, (uint64_t)post->edited);
	return (int64_t)mix(hash, (uint64_t)post->visibility << 1 | post->sensitive);
}
