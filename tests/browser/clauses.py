"""What the page must do, clause by clause, and the test that shows it.

A clause without a test that exists fails, and so does a browser test that stands for nothing.
"""

from __future__ import annotations

CLAUSES: dict[str, dict[str, str]] = {
    "The first form": {
        "a question is answered with markers and its cited words are highlighted": (
            "test_first_page::test_asks_and_finds_the_highlighted_words_of_a_citation"
        ),
        "a passage tells title, date, heading and page": (
            "test_first_page::test_passage_of_a_paged_document_names_its_page"
        ),
    },
    "The page of a newcomer": {
        "the empty page introduces itself with example questions from the documents": (
            "test_first_page::test_empty_page_introduces_itself_with_questions_from_the_documents"
        ),
        "every offered question over the sample documents is answered": (
            "test_pictures::test_every_question_the_empty_page_offers_is_answered"
        ),
        "documents on the left with title, date, type and state": (
            "test_first_page::test_documents_are_listed_with_title_date_type_and_state"
        ),
        "failed documents with the reason": (
            "test_first_page::test_failed_documents_are_listed_with_the_reason"
        ),
        "three panes": "test_first_page::test_three_panes_stand_side_by_side",
        "a marker opens the document scrolled to the highlighted quote": (
            "test_first_page::test_marker_opens_the_document_scrolled_to_the_quote"
        ),
        "an opened document is not taken away by passages that arrive late": (
            "test_first_page::test_passages_that_arrive_late_do_not_take_the_opened_document_away"
        ),
        "the other citations are marked, previous and next go between them": (
            "test_first_page::test_other_citations_are_marked_and_previous_and_next_go_between_them"
        ),
        "drag and drop adds a file and indexes it with progress": (
            "test_first_page::test_drag_and_drop_adds_a_file_and_indexes_it"
        ),
        "nothing is overwritten": "test_first_page::test_upload_never_overwrites_and_keeps_both",
        "safe names": "test_first_page::test_an_added_file_gets_a_safe_name",
        "size limit": "test_first_page::test_a_file_over_the_limit_is_refused",
        "only known types": "test_first_page::test_upload_refuses_other_types",
        "a reindex button with a live report": (
            "test_first_page::test_reindex_button_reports_live"
        ),
        "a conversation stays as it is while the documents are indexed": (
            "test_first_page::test_reindexing_leaves_the_conversation_as_it_is"
        ),
        "narrow windows": "test_first_page::test_narrow_windows_show_one_pane_at_a_time",
        "light and dark": ("test_first_page::test_light_and_dark_follow_the_system_and_the_button"),
        "the keyboard alone": (
            "test_first_page::test_keyboard_alone_asks_opens_and_walks_citations"
        ),
        "the README's pictures are of the real page over the sample documents": (
            "test_pictures::test_pictures_of_the_readme"
        ),
        "the README shows its pictures, and they are small": (
            "test_pictures::test_the_readme_shows_every_picture"
        ),
        "no index yet": "test_first_page::test_a_page_without_an_index_says_what_to_do",
    },
    "Reading": {
        "hovering a marker shows the quote with title, date and page": (
            "test_reading::test_hovering_a_marker_shows_quote_title_date_and_page"
        ),
        "the card tells the date, and does not cover the answer after a click": (
            "test_reading::test_the_card_tells_the_date_and_stays_away_after_a_click"
        ),
        "the verdict of each sentence is visible": (
            "test_reading::test_the_verdict_of_each_sentence_is_visible"
        ),
        "what was rejected can be opened, with reasons": (
            "test_reading::test_rejected_sentences_can_be_opened_with_their_reasons"
        ),
        "as-of date, evidence mode, what was searched for": (
            "test_reading::test_as_of_mode_and_what_was_searched_for"
        ),
        "the model's name": ("test_reading::test_a_written_answer_names_its_model"),
        "PDF sources as page image, the quote marked": (
            "test_reading::test_a_pdf_page_can_be_seen_as_an_image"
        ),
    },
    "Asking": {
        "streaming": ("test_asking::test_the_answer_streams_sentence_by_sentence"),
        "stop, by escape": ("test_asking::test_escape_stops_and_keeps_what_was_proven"),
        "ask again": ("test_asking::test_asking_again"),
        "edit and resend": ("test_asking::test_an_edited_question_takes_the_place_of_its_turn"),
        "follow-ups": ("test_asking::test_a_follow_up_is_understood"),
        "suggested next questions": ("test_asking::test_next_questions_are_suggested"),
        "enter and shift-enter": ("test_asking::test_shift_enter_makes_a_line_and_enter_sends"),
        "arrows through citations": ("test_asking::test_arrows_go_through_the_markers"),
        "abstentions with the closest passages and what is missing": (
            "test_asking::test_an_abstention_helps"
        ),
        "ticked documents, and widening": (
            "test_asking::test_only_ticked_documents_are_searched_and_the_filter_can_be_widened"
        ),
        "dates": ("test_asking::test_only_certain_dates_are_searched"),
        "the dates that are told are those that are searched, however soon they were typed": (
            "test_asking::test_a_date_typed_at_once_is_what_is_searched"
        ),
    },
    "Keeping": {
        "listed, searched, opened again": (
            "test_keeping::test_conversations_are_listed_searched_and_opened_again"
        ),
        "a question asked at once belongs to the new conversation": (
            "test_keeping::test_a_question_asked_at_once_belongs_to_the_new_conversation"
        ),
        "questions are offered while those of another conversation are looked for": (
            "test_keeping::"
            "test_questions_are_offered_while_those_of_another_conversation_are_looked_for"
        ),
        "renamed": ("test_keeping::test_a_conversation_is_renamed"),
        "deleted": ("test_keeping::test_a_conversation_is_deleted"),
        "source changed since, source removed": (
            "test_keeping::test_reopening_checks_each_citation_again"
        ),
        "an answer as Markdown": (
            "test_keeping::test_an_answer_is_exported_as_markdown_with_numbered_notes"
        ),
        "an answer as HTML": (
            "test_keeping::test_an_answer_is_exported_as_html_with_numbered_notes"
        ),
        "a conversation exported": ("test_keeping::test_a_conversation_is_exported"),
        "the menu of exports closes like any other": (
            "test_keeping::test_the_export_menu_closes_by_escape_and_by_a_click_elsewhere"
        ),
        "the menu of exports is wholly in view, narrow and at 200%": (
            "test_keeping::test_the_export_menu_is_wholly_in_view"
        ),
        "copy with citations": ("test_keeping::test_copied_with_its_citations"),
        "a problem report, document text only if chosen": (
            "test_keeping::test_a_problem_report_leaves_documents_out_unless_asked"
        ),
        "thumbs and a note": ("test_keeping::test_thumbs_and_a_note_are_kept"),
    },
    "Accessibility": {
        "axe-core, in light, dark, wide and narrow": (
            "test_accessibility::test_axe_finds_nothing_serious_in_any_state"
        ),
        "axe-core, for what is refused, rejected, changed since, and for signing in": (
            "test_accessibility::test_axe_finds_nothing_serious_when_things_go_wrong"
        ),
        "names and roles": ("test_accessibility::test_names_and_roles"),
        "screen-reader text for markers": ("test_accessibility::test_markers_speak"),
        "focus order": (
            "test_accessibility::test_focus_goes_from_documents_to_questions_to_source"
        ),
        "focus is seen": ("test_accessibility::test_what_has_the_focus_is_seen"),
        "reduced motion": ("test_accessibility::test_reduced_motion"),
        "200% zoom": ("test_accessibility::test_at_200_percent_nothing_is_lost"),
        "320 pixels wide (400% zoom)": (
            "test_accessibility::test_at_320_pixels_every_button_of_the_top_is_in_the_window"
        ),
        "200% zoom, with the earlier conversations open": (
            "test_accessibility::test_at_200_percent_an_opened_list_hides_what_lies_under_it"
        ),
    },
    "Safety": {
        "HTML, script, Markdown image and link, data URL, direction override as text": (
            "test_safety::test_injected_markup_is_shown_as_text"
        ),
        "huge words": ("test_safety::test_a_huge_word_breaks_and_the_page_keeps_its_width"),
        "hostile questions": ("test_safety::test_a_hostile_question_is_shown_as_text"),
        "the policy stops remote images and inline scripts": (
            "test_safety::test_the_policy_stops_what_would_get_through"
        ),
        "no request to any other address in a full session": (
            "test_safety::test_a_full_session_asks_nothing_of_others_and_breaks_no_policy"
        ),
        "this machine alone, and an auth file for any other address": (
            "test_safety::test_it_listens_on_this_machine_alone_unless_an_auth_file_is_given"
        ),
        "host names are checked, x-forwarded-host is not believed": (
            "test_safety::test_another_host_name_is_refused_whatever_a_proxy_says"
        ),
        "scripts from the server or by their hash": (
            "test_safety::test_the_policy_lets_no_inline_script_in_but_by_its_hash"
        ),
        "analytics and share links closed": (
            "test_safety::test_analytics_and_share_links_are_closed"
        ),
        "read-only": ("test_safety::test_read_only_shows_no_way_to_change_the_documents"),
        "auth file": (
            "test_safety::test_an_auth_file_asks_for_name_and_password_and_keeps_people_apart"
        ),
        "limits of one page": ("test_safety::test_one_page_cannot_ask_while_it_is_answered"),
        "internal events private, file cache and run history closed": (
            "test_safety::test_internal_events_are_private"
        ),
    },
    "Embedding": {
        "build": ("test_embedding::test_built_and_launched_it_is_the_same_guarded_page"),
        "mount": ("test_embedding::test_mounted_under_a_path_of_an_application_it_works"),
        "a program gets JSON with citations": (
            "test_embedding::test_a_program_asks_and_gets_json_with_citations"
        ),
        "a program signs in": ("test_embedding::test_a_program_signs_in"),
    },
    "Robust": {
        "two people and one reindexing": ("test_robust::test_two_people_ask_while_one_reindexes"),
        "many tabs of one browser": "test_robust::test_seven_tabs_of_one_browser",
        "reload in mid-stream": (
            "test_robust::test_a_page_loaded_again_in_the_middle_of_an_answer"
        ),
        "server restart with the page open": (
            "test_robust::test_the_server_restarts_with_the_page_open"
        ),
        "an index that disappears": ("test_robust::test_an_index_that_disappears"),
        "a model that times out": ("test_robust::test_a_model_that_times_out"),
        "an answer stays in its conversation, whatever is opened meanwhile": (
            "test_slow::test_an_answer_stays_in_its_conversation"
        ),
        "of conversations chosen in turn the last is opened": (
            "test_slow::test_of_conversations_chosen_in_turn_the_last_is_opened"
        ),
        "a search that arrives late is not shown": (
            "test_slow::test_a_search_that_arrives_late_is_not_shown"
        ),
        "a question asked before the page is filled is not wiped": (
            "test_slow::test_a_question_asked_before_the_page_is_filled_is_not_wiped"
        ),
        "enter pressed twice asks once, escape stops what has not begun": (
            "test_slow::test_enter_pressed_twice_asks_once_and_escape_stops_what_has_not_begun"
        ),
        "a marker pressed while the answer streams goes on with it": (
            "test_slow::test_a_marker_pressed_while_the_answer_streams_goes_on_with_it"
        ),
        "a question sent as the stream of results ends is answered": (
            "test_slow::test_a_question_sent_as_the_stream_of_results_ends_is_answered"
        ),
        "an error of ours": ("test_robust::test_an_error_of_ours_is_words_on_the_page"),
    },
}
