/* Measured times, printed beside a goal. */
#ifndef ARCHIVE_BENCH_FIGURES_H
#define ARCHIVE_BENCH_FIGURES_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "archive/base/mem.h"
#include "archive/base/str.h"

#define FIGURES_MAX 4096

struct figures {
	double ms[FIGURES_MAX], cpu[FIGURES_MAX];
	size_t count;
	double wall_from, cpu_from;
};

static inline double figures_now(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static inline void figures_begin(struct figures *f)
{
	f->wall_from = figures_now(CLOCK_MONOTONIC);
	f->cpu_from = figures_now(CLOCK_PROCESS_CPUTIME_ID);
}

static inline void figures_end(struct figures *f)
{
	if (f->count == FIGURES_MAX)
		return;
	f->cpu[f->count] = figures_now(CLOCK_PROCESS_CPUTIME_ID) - f->cpu_from;
	f->ms[f->count++] = figures_now(CLOCK_MONOTONIC) - f->wall_from;
}

/* CPU time so far. */
static inline double figures_sum(const struct figures *f)
{
	double sum = 0;

	for (size_t i = 0; i < f->count; i++)
		sum += f->cpu[i];
	return sum;
}

static inline int figures_compare(const void *a, const void *b)
{
	const double *left = a, *right = b;

	return (*left > *right) - (*left < *right);
}

/* The place within the sorted times below which a part of them lies. */
static inline double figures_at(const struct figures *f, const double *sorted, double part)
{
	size_t place = (size_t)((double)f->count * part);

	return f->count ? sorted[place < f->count ? place : f->count - 1] : 0;
}

static inline void figures_head(void)
{
	printf("%8s %8s %8s %8s %8s  %-12s %s\n", "p50", "p95", "max", "CPU p50", "CPU p95", "goal",
	       "what, in ms; of other load on the machine the CPU knows less");
}

/* Returns the CPU time in the middle. */
static inline double figures_print(const char *what, struct figures *f, double goal)
{
	char text[32] = "";
	double p95, middle;

	qsort(f->ms, f->count, sizeof(f->ms[0]), figures_compare);
	qsort(f->cpu, f->count, sizeof(f->cpu[0]), figures_compare);
	p95 = figures_at(f, f->ms, 0.95);
	snprintf(text, sizeof(text), "<= %.0f%s", goal, p95 > goal ? " MISSED" : "");
	middle = figures_at(f, f->cpu, 0.5);
	printf("%8.2f %8.2f %8.2f %8.2f %8.2f  %-12s %s\n", figures_at(f, f->ms, 0.5), p95,
	       figures_at(f, f->ms, 1), middle, figures_at(f, f->cpu, 0.95), text, what);
	fflush(stdout);
	*f = (struct figures){ 0 };
	return middle;
}

static inline void figures_must(bool ok, const char *why)
{
	if (ok)
		return;
	fprintf(stderr, "bench: %s\n", why);
	exit(EXIT_FAILURE);
}

/* Of this process, in MB: "VmHWM:" is the peak, "VmRSS:" the present. */
static inline double figures_resident(const char *name)
{
	FILE *file = fopen("/proc/self/status", "re");
	char line[256];
	double kb = 0;

	while (file && fgets(line, sizeof(line), file))
		if (str_starts(line, name))
			kb = strtod(line + strlen(name), NULL);
	if (file)
		fclose(file);
	return kb / 1024;
}

#endif
