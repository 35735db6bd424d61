#include "BuiltInData.h"

/* Texts, advice and lists, embedded from the files that people edit, so there is one copy of each. */
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

static const unsigned char remarks[] = {
#embed "../../knowledge/remarks.txt"
};
static const unsigned char telephones[] = {
#embed "../../rules/telephones.yaml"
};

static const unsigned char tools[] = {
#embed "../../rules/tools.yaml"
};

static const unsigned char story[] = {
#embed "../../demo/ohmstead.yaml"
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

frontline_built_in_file frontline_built_in_telephones(void) {
    return (frontline_built_in_file){"telephones.yaml", telephones, sizeof(telephones)};
}

frontline_built_in_file frontline_built_in_remarks(void) {
    return (frontline_built_in_file){"remarks.txt", remarks, sizeof(remarks)};
}

frontline_built_in_file frontline_built_in_tools(void) {
    return (frontline_built_in_file){"tools.yaml", tools, sizeof(tools)};
}

frontline_built_in_file frontline_built_in_story(void) {
    return (frontline_built_in_file){"ohmstead.yaml", story, sizeof(story)};
}
