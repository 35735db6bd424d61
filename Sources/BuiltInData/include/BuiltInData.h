/* Data files of the product, linked into the binary so that it needs no other files. */
#ifndef FRONTLINE_BUILT_IN_DATA_H
#define FRONTLINE_BUILT_IN_DATA_H

/* The bytes of one file, valid until the program ends. */
typedef struct {
    const char *_Nonnull name;
    const unsigned char *_Nonnull bytes;
    unsigned long count;
} frontline_built_in_file;

/* The import mappings of knowledge/mappings, in the order in which they are tried. */
int frontline_built_in_mapping_count(void);

/* The mapping at an index from 0; the index must be below the count. */
frontline_built_in_file frontline_built_in_mapping(int index);

/* The texts of rules/texts, one file per language, named after it. */
int frontline_built_in_text_count(void);

/* The texts at an index from 0; the index must be below the count. */
frontline_built_in_file frontline_built_in_text(int index);

/* The advice for agents of rules/assist.dmn, in force until another is published. */
frontline_built_in_file frontline_built_in_assist(void);

/* The telephone formats of rules/telephones.yaml. */
frontline_built_in_file frontline_built_in_telephones(void);

/* What people say that articles do not answer, of knowledge/remarks.txt. */
frontline_built_in_file frontline_built_in_remarks(void);

/* The tools of assistants of rules/tools.yaml, in force until others are published. */
frontline_built_in_file frontline_built_in_tools(void);

/* The story of the invented history, of demo/ohmstead.yaml. */
frontline_built_in_file frontline_built_in_story(void);

#endif
