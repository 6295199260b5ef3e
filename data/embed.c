/*
 * Turns a file into a C array: embed NAME INPUT OUTPUT writes "const char NAME[]" with the file's
 * bytes and a NUL. Built for the machine that builds; never installed.
 */
#include <stdio.h>
#include <stdlib.h>

static int embed(const char *name, FILE *in, FILE *out)
{
	int column = 0;
	int c;

	fprintf(out, "extern const char %s[];\nconst char %s[] = {\n", name, name);
	while ((c = getc(in)) != EOF)
		fprintf(out, "(char)%d,%s", c, ++column % 16 ? " " : "\n");
	fprintf(out, "0 };\n");
	return ferror(in) || fflush(out) != 0;
}

int main(int argc, char **argv)
{
	FILE *in = argc == 4 ? fopen(argv[2], "rb") : NULL;
	FILE *out = in ? fopen(argv[3], "wb") : NULL;
	int status = EXIT_FAILURE;

	if (out)
		status = embed(argv[1], in, out) ? EXIT_FAILURE : EXIT_SUCCESS;
	if (out && fclose(out) != 0)
		status = EXIT_FAILURE;
	if (in)
		fclose(in);
	return status;
}
