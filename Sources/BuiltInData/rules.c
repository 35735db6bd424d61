#include "BuiltInData.h"

/* What people read and what agents are advised, read where it is edited: one copy of each file. */
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char english[] = {
#embed "../../rules/texts/en.yaml"
};
static const unsigned char german[] = {
#embed "../../rules/texts/de.yaml"
};
static const unsigned char assist[] = {
#embed "../../rules/assist.dmn"
};

static const frontline_built_in_file texts[] = {
    {"en.yaml", english, sizeof(english)},
    {"de.yaml", german, sizeof(german)},
};

int frontline_built_in_text_count(void) { return (int)(sizeof(texts) / sizeof(texts[0])); }

frontline_built_in_file frontline_built_in_text(int index) { return texts[index]; }

frontline_built_in_file frontline_built_in_assist(void) {
    return (frontline_built_in_file){"assist.dmn", assist, sizeof(assist)};
}
