/* Runs a fuzzer's function over the files named on the command line: how found inputs are kept as
 * cases. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static int run_file(const char *path)
{
	static uint8_t bytes[1 << 20];
	FILE *in = fopen(path, "rb");
	size_t len;

	if (!in) {
		perror(path);
		return EXIT_FAILURE;
	}
	len = fread(bytes, 1, sizeof(bytes), in);
	fclose(in);
	return LLVMFuzzerTestOneInput(bytes, len) ? EXIT_FAILURE : EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
	int status = EXIT_SUCCESS;

	for (int i = 1; i < argc; i++)
		if (run_file(argv[i]) != EXIT_SUCCESS)
			status = EXIT_FAILURE;
	return status;
}
